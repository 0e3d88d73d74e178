import { streamName } from '../kernel/stream-name.js';
import { deciding, type Slice } from '../slice/slice.js';
import {
  AmendApproval,
  AmendArea,
  AmendPlan,
  AmendUnit,
  ApprovePlan,
  ClosePlan,
  DefineArea,
  DraftPlan,
  EndUnlocking,
  EnrolUnit,
  RetireArea,
  SetDeadlines,
  SetEvaluationRules,
  SetReportingRules,
  UnlockFigures,
  type PlanCommand,
} from './plan.commands.js';
import { SetPublication } from './publication.commands.js';
import { planDecider, timeZoneOf } from './plan.decider.js';
import { drafted, type PlanState } from './plan.state.js';
import { unitsFrom } from './known-plan.js';
import { planEvents, planStream, type PlanEvent } from './plan.events.js';
import { planFolder } from './plan.folder.js';
import { planPlausibility } from './plan.plausibility.js';
import { planProjection } from './plan.projection.js';
import { EndUnit, MergeUnits, MoveUnit, RenameUnit, SplitUnit, WithdrawUnitChange } from './unit-change.commands.js';
import { PlansController } from './plans.controller.js';

export const planSlice: Slice = {
  name: 'plans',
  announced: ['plan'],
  events: planEvents,
  projections: [planProjection],
  deciding: deciding<PlanCommand, PlanEvent, PlanState, undefined>({
    decider: planDecider,
    commands: [
      { type: DraftPlan, path: 'plans/:plan/draft', permission: 'plans.define', summary: '建立规划' },
      {
        type: AmendPlan,
        path: 'plans/:plan/amendments',
        permission: 'plans.define',
        summary: '修订规划：其自身的内容整体重述',
      },
      { type: ApprovePlan, path: 'plans/:plan/approval', permission: 'plans.define', summary: '登记规划的批准' },
      {
        type: AmendApproval,
        path: 'plans/:plan/approval/amendments',
        permission: 'plans.define',
        summary: '修改规划批准的登记',
      },
      { type: DefineArea, path: 'plans/:plan/areas', permission: 'plans.define', summary: '定义标杆区' },
      {
        type: AmendArea,
        path: 'plans/:plan/areas/:code/amendments',
        permission: 'plans.define',
        summary: '修改标杆区',
      },
      {
        type: RetireArea,
        path: 'plans/:plan/areas/:code/retirement',
        permission: 'plans.define',
        summary: '取消标杆区',
      },
      { type: EnrolUnit, path: 'plans/:plan/units', permission: 'plans.define', summary: '纳入责任单位' },
      {
        type: AmendUnit,
        path: 'plans/:plan/units/:code/amendments',
        permission: 'plans.define',
        summary: '更正单位登记时的错误',
      },
      { type: RenameUnit, path: 'plans/:plan/units/:code/name', permission: 'plans.define', summary: '登记单位更名' },
      { type: MoveUnit, path: 'plans/:plan/units/:code/parent', permission: 'plans.define', summary: '登记单位改隶' },
      { type: SplitUnit, path: 'plans/:plan/units/:code/split', permission: 'plans.define', summary: '登记单位拆分' },
      { type: EndUnit, path: 'plans/:plan/units/:code/end', permission: 'plans.define', summary: '登记单位撤销' },
      {
        type: WithdrawUnitChange,
        path: 'plans/:plan/units/:code/withdrawals',
        permission: 'plans.define',
        summary: '撤回误登记的单位变更',
      },
      { type: MergeUnits, path: 'plans/:plan/unit-mergers', permission: 'plans.define', summary: '登记单位合并' },
      {
        type: SetEvaluationRules,
        path: 'plans/:plan/evaluation-rules',
        permission: 'plans.define',
        summary: '设定评估规则',
      },
      {
        type: SetReportingRules,
        path: 'plans/:plan/reporting-rules',
        permission: 'plans.define',
        summary: '设定填报规则：审核层级、未审核数据、可见范围',
      },
      {
        type: UnlockFigures,
        path: 'plans/:plan/unlocks',
        permission: 'figures.unlock',
        summary: '解除一个单位一个期间的锁定，到某日为止',
      },
      { type: EndUnlocking, path: 'plans/:plan/unlocks/end', permission: 'figures.unlock', summary: '提前恢复锁定' },
      { type: SetDeadlines, path: 'plans/:plan/deadlines', permission: 'plans.define', summary: '设定报送期限' },
      {
        type: SetPublication,
        path: 'plans/:plan/publication',
        permission: 'plans.define',
        summary: '设定公开范围：已发布的评估向公众公开哪些部分',
      },
      { type: ClosePlan, path: 'plans/:plan/closing', permission: 'plans.define', summary: '结束规划' },
    ],
    stream: ({ plan }) => planStream(plan),
    known: () => Promise.resolve(undefined),
    units: ({ plan }, load) => unitsFrom(plan, undefined, load),
    timeZone: async (command, load) => {
      const state = await load(planDecider, planStream(command.plan));
      return command.type === 'DraftPlan' ? timeZoneOf(command, state) : drafted(command.plan, state).timeZone;
    },
  }),
  controllers: [PlansController],
  // A plan has one of it, under the plan's own slug.
  trails: { plans: (plan, id) => (id === plan ? planStream(plan) : streamName('plan', plan, id)) },
  folder: planFolder,
  plausibility: planPlausibility,
};
