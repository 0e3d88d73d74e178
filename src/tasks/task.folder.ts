import { filledCells, keyFields, tablePart, type FolderPart } from '../slice/folder-part.js';
import { AmendTask, AssignTask, CompleteTask, DropTask, ReopenTask, ReportTaskProgress } from './task.commands.js';

export const taskFolder: FolderPart = {
  ...tablePart({
    file: 'tasks.csv',
    kind: 'task',
    columns: ['id', 'title', 'actionPlan', 'kind', 'owner', 'due', 'section', 'note', 'line'],
    commandOf: (cells) => ({ type: AssignTask, input: filledCells(cells, 'line') }),
  }),
  changing: [
    {
      type: AssignTask,
      word: '任务',
      keyOf: keyFields('id'),
      amend: { type: AmendTask },
      end: { type: DropTask, columns: { 自: 'on' }, inputOf: ({ id }) => ({ id }) },
    },
  ],
  progress: {
    任务进展: { type: ReportTaskProgress, fields: { 日期: 'on', 百分比: 'percent', 文字: 'text' } },
    任务完成: { type: CompleteTask, fields: { 日期: 'on', 文字: 'text' } },
    任务重启: { type: ReopenTask, fields: { 日期: 'on' } },
    任务取消: { type: DropTask, fields: { 日期: 'on' } },
  },
};
