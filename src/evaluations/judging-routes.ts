import type { CommandRoute } from '../slice/slice.js';
import {
  AdviseAdjustment,
  ConcludeItem,
  GiveVerdict,
  RecordLesson,
  RecordSurvey,
  ReviseVerdict,
  WithdrawStatement,
  WithdrawVerdict,
  type JudgingCommand,
} from './judging.commands.js';

const judge = 'evaluations.judge' as const;
const find = 'evaluations.find' as const;

/** The routes of judging under the address of an evaluation. The standing of an assessor needs a right of its own. */
export const judgingRoutes = (path: string): CommandRoute<JudgingCommand>[] => [
  { type: GiveVerdict, path: `${path}/verdicts`, permission: judge, summary: '作出评估判断' },
  { type: ReviseVerdict, path: `${path}/verdicts/:verdict/revisions`, permission: judge, summary: '修改评估判断' },
  { type: WithdrawVerdict, path: `${path}/verdicts/:verdict/withdrawal`, permission: judge, summary: '撤回评估判断' },
  {
    ...{ type: ConcludeItem, path: `${path}/conclusions`, permission: 'evaluations.conclude' },
    summary: '作出评估结论',
  },
  { type: RecordSurvey, path: `${path}/surveys`, permission: find, summary: '登记满意度调查' },
  { type: RecordLesson, path: `${path}/lessons`, permission: find, summary: '记录经验做法' },
  {
    ...{ type: AdviseAdjustment, path: `${path}/adjustments`, permission: 'evaluations.recommend' },
    summary: '提出调整意见',
  },
  { type: WithdrawStatement, path: `${path}/withdrawals`, permission: find, summary: '撤回满意度、经验做法或调整意见' },
];
