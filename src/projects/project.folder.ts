import { filledCells, flagCell, keyFields, listCell, tablePart, type FolderPart } from '../slice/folder-part.js';
import {
  AmendProject,
  CancelProject,
  CompleteProject,
  CorrectInvestment,
  RegisterProject,
  ReportInvestment,
  ReportProjectProgress,
  RescheduleProject,
  ResumeProject,
  StartProject,
  SuspendProject,
} from './project.commands.js';

export const projectFolder: FolderPart = {
  ...tablePart({
    file: 'projects.csv',
    kind: 'project',
    columns: [
      ...['id', 'unit', 'name', 'class', 'category', 'sector', 'plannedStart', 'plannedEnd', 'investment', 'builder'],
      ...['builderPending', 'package', 'printedPeriod', 'printedInvestment', 'reading', 'anomalies', 'line'],
    ],
    columnNames: { 'printed.period': 'printedPeriod', 'printed.investment': 'printedInvestment' },
    commandOf(cells) {
      const { printedPeriod = '', printedInvestment = '', builderPending, anomalies } = cells;
      return {
        type: RegisterProject,
        input: {
          ...filledCells(cells, 'printedPeriod', 'printedInvestment', 'line'),
          builderPending: flagCell(builderPending),
          printed: filledCells({ period: printedPeriod, investment: printedInvestment }),
          anomalies: listCell(anomalies, '；'),
        },
      };
    },
  }),
  changing: [
    {
      type: RegisterProject,
      word: '项目',
      keyOf: keyFields('id'),
      amend: { type: AmendProject },
      end: { type: CancelProject, columns: { 自: 'on' }, inputOf: ({ id }) => ({ id }) },
    },
  ],
  progress: {
    项目开工: { type: StartProject, fields: { 日期: 'on' } },
    项目进度: { type: ReportProjectProgress, fields: { 日期: 'on', 百分比: 'percent', 文字: 'text' } },
    项目投资: { type: ReportInvestment, fields: { 日期: 'on', 金额: 'amount' } },
    投资更正: { type: CorrectInvestment, fields: { 日期: 'on', 金额: 'amount' } },
    项目调整: { type: RescheduleProject, fields: { 新期限: 'plannedEnd' } },
    项目停工: { type: SuspendProject, fields: { 日期: 'on' } },
    项目复工: { type: ResumeProject, fields: { 日期: 'on' } },
    项目竣工: { type: CompleteProject, fields: { 日期: 'on' } },
    项目取消: { type: CancelProject, fields: { 日期: 'on' } },
  },
};
