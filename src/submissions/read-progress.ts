import { AnswerFinding, CloseFinding } from '../findings/finding.commands.js';
import {
  DraftPolicy,
  DropPolicy,
  IssuePolicy,
  PostponePolicy,
  RepealPolicy,
  RevisePolicy,
} from '../policies/policy.commands.js';
import {
  CancelProject,
  CompleteProject,
  CorrectInvestment,
  ReportInvestment,
  ReportProjectProgress,
  RescheduleProject,
  ResumeProject,
  StartProject,
  SuspendProject,
} from '../projects/project.commands.js';
import { CompleteTask, ReopenTask, ReportTaskProgress } from '../tasks/task.commands.js';
import { byKnownDate, datedColumns, datedRows, type DatedTable, type FolderContext } from './dated-rows.js';
import { placed, type FolderFiles, type PlacedCommand } from './plan-folder.js';

const progress: DatedTable = {
  file: 'progress.csv',
  columns: { needed: [...datedColumns, '对象', '日期', '百分比', '金额', '文字', '原件', '新期限'] },
  actions: {
    项目开工: { type: StartProject, fills: ['日期'] },
    项目进度: { type: ReportProjectProgress, fills: ['日期', '百分比', '文字'] },
    项目投资: { type: ReportInvestment, fills: ['日期', '金额'] },
    投资更正: { type: CorrectInvestment, fills: ['日期', '金额'] },
    项目调整: { type: RescheduleProject, fills: ['新期限'] },
    项目停工: { type: SuspendProject, fills: ['日期'] },
    项目复工: { type: ResumeProject, fills: ['日期'] },
    项目竣工: { type: CompleteProject, fills: ['日期'] },
    项目取消: { type: CancelProject, fills: ['日期'] },
    政策起草: { type: DraftPolicy, fills: ['日期'] },
    政策印发: { type: IssuePolicy, fills: ['日期', '文号', '原件'] },
    政策修订: { type: RevisePolicy, fills: ['日期', '文号', '原件'] },
    政策延期: { type: PostponePolicy, fills: ['新期限'] },
    政策废止: { type: RepealPolicy, fills: ['日期'] },
    政策终止: { type: DropPolicy, fills: ['日期'] },
    任务进展: { type: ReportTaskProgress, fills: ['日期', '百分比', '文字'] },
    任务完成: { type: CompleteTask, fills: ['日期', '文字'] },
    任务重启: { type: ReopenTask, fills: ['日期'] },
    问题答复: { type: AnswerFinding, fills: ['日期', '文字'] },
    问题办结: { type: CloseFinding, fills: ['日期', '文字'] },
  },
};

/** The rows of `progress.csv` as commands: what became of projects, policies, tasks and findings. */
export function readProgress(files: FolderFiles, context: FolderContext): PlacedCommand[] {
  const { plan, mistakes } = context;
  return byKnownDate(
    datedRows(files, progress, context).flatMap(({ place, type, actor, knownAt, cell, circumstances }) => {
      const ofPolicy = type === IssuePolicy || type === RevisePolicy;
      const input = {
        ...{ plan, id: cell('对象') ?? '', on: cell('日期'), percent: cell('百分比'), amount: cell('金额') },
        ...{ text: cell('文字'), revises: cell('原件') },
        ...(ofPolicy && { documentNumber: cell('文号') }),
        ...(type === RescheduleProject && { plannedEnd: cell('新期限') }),
        ...(type === PostponePolicy && { to: cell('新期限') }),
        ...circumstances,
      };
      const command = mistakes.note(place, () => placed(type, input, actor, place));
      return command ? [{ knownAt, command }] : [];
    }),
  );
}
