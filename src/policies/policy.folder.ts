import { filledCells, keyFields, numberCell, tablePart, type FolderPart } from '../slice/folder-part.js';
import {
  AmendCitedPolicy,
  AmendPolicy,
  CitePolicy,
  DraftPolicy,
  DropPolicy,
  IssuePolicy,
  PlanPolicy,
  PostponePolicy,
  RepealPolicy,
  RevisePolicy,
} from './policy.commands.js';

const issued = { 日期: 'on', 文号: 'documentNumber', 原件: 'revises' };

export const policyFolder: FolderPart = {
  ...tablePart({
    file: 'policies.csv',
    kind: 'policy',
    columns: [
      ...['id', 'name', 'policyType', 'intent', 'level', 'owner', 'from', 'to', 'number', 'printedDate', 'remark'],
      ...['role', 'note', 'line'],
    ],
    commandOf(cells) {
      // A policy that the plan only rests on is cited; the plan's annexes and its text list both kinds together.
      if (cells.intent === 'cited') return { type: CitePolicy, input: filledCells(cells, 'intent', 'line') };
      return { type: PlanPolicy, input: { ...filledCells(cells, 'line'), number: numberCell(cells.number) } };
    },
  }),
  changing: [
    {
      type: PlanPolicy,
      word: '政策',
      keyOf: keyFields('id'),
      amend: { type: AmendPolicy },
      end: { type: DropPolicy, columns: { 自: 'on' }, inputOf: ({ id }) => ({ id }) },
    },
    { type: CitePolicy, word: '引用政策', keyOf: keyFields('id'), amend: { type: AmendCitedPolicy } },
  ],
  progress: {
    政策起草: { type: DraftPolicy, fields: { 日期: 'on' } },
    政策印发: { type: IssuePolicy, fields: issued },
    政策修订: { type: RevisePolicy, fields: issued },
    政策延期: { type: PostponePolicy, fields: { 新期限: 'to' } },
    政策废止: { type: RepealPolicy, fields: { 日期: 'on' } },
    政策终止: { type: DropPolicy, fields: { 日期: 'on' } },
  },
};
