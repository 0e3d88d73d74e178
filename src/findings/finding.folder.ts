import { filledCells, keyFields, listCell, numberCell, tablePart, type FolderPart } from '../slice/folder-part.js';
import { AmendFinding, AnswerFinding, CloseFinding, RaiseFinding, WithdrawFinding } from './finding.commands.js';

export const findingFolder: FolderPart = {
  ...tablePart({
    file: 'findings.csv',
    kind: 'finding',
    columns: ['id', 'severity', 'subjectType', 'subject', 'title', 'detail', 'lines'],
    commandOf: (cells) => ({
      type: RaiseFinding,
      input: { ...filledCells(cells), lines: listCell(cells.lines, ' ').map((line) => numberCell(line)) },
    }),
  }),
  changing: [
    {
      type: RaiseFinding,
      word: '问题',
      keyOf: keyFields('id'),
      amend: { type: AmendFinding },
      end: { type: WithdrawFinding, inputOf: ({ id }) => ({ id }) },
    },
  ],
  progress: {
    问题答复: { type: AnswerFinding, fields: { 日期: 'on', 文字: 'text' } },
    问题办结: { type: CloseFinding, fields: { 日期: 'on', 文字: 'text' } },
  },
};
