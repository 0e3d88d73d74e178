import { filledCells, flagCell, keyFields, tablePart, type FolderPart } from '../slice/folder-part.js';
import { AmendPromise, RecordPromise, WithdrawPromise } from './promise.commands.js';

export const promiseFolder: FolderPart = {
  ...tablePart({
    file: 'promises.csv',
    kind: 'promise',
    columns: [
      ...['id', 'statement', 'section', 'indicator', 'task', 'period', 'comparator', 'value', 'unitOfMeasure'],
      ...['commitment', 'repeats', 'note', 'line'],
    ],
    commandOf: (cells) => ({
      type: RecordPromise,
      input: { ...filledCells(cells, 'line'), repeats: flagCell(cells.repeats) },
    }),
  }),
  changing: [
    {
      type: RecordPromise,
      word: '规划任务目标',
      keyOf: keyFields('id'),
      amend: { type: AmendPromise },
      end: { type: WithdrawPromise, inputOf: ({ id }) => ({ id }) },
    },
  ],
};
