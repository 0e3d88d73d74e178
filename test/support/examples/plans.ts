import { planDecider } from '../../../src/plans/plan.decider.js';
import type { PlanState } from '../../../src/plans/plan.state.js';
import { AreaDefined, PlanDrafted, UnitEnrolled, type PlanEvent } from '../../../src/plans/plan.events.js';
import { stateOf } from '../decider-spec.js';

export const plan = 'lishui';

export const planDrafted = PlanDrafted.of({
  title: '丽水市民政事业发展“十四五”规划',
  territory: '丽水市',
  timeZone: 'Asia/Shanghai',
  startYear: 2021,
  endYear: 2025,
  baseline: '2020',
  midterm: '2022',
  assumptions: [],
  actionPlans: [{ code: 'P1', name: '山区养老融合推进计划' }],
  previousResults: [],
  glossary: [],
});

export const areaDefined = AreaDefined.of({ code: 'A1', name: '幸福颐养标杆区', actionPlan: 'P1' });

export const lishuiEnrolled = UnitEnrolled.of({ code: '331100', name: '丽水市', level: 'city' });
const county = (code: string, name: string) => UnitEnrolled.of({ code, name, level: 'county', parent: '331100' });
export const lianduEnrolled = county('331102', '莲都区');
export const qingtianEnrolled = county('331121', '青田县');
export const jinyunEnrolled = county('331122', '缙云县');

/** Events of a plan that is ready for reports: 丽水 with three counties. */
export const planReady: readonly PlanEvent[] = [
  planDrafted,
  areaDefined,
  lishuiEnrolled,
  lianduEnrolled,
  qingtianEnrolled,
  jinyunEnrolled,
];

export const planState = (...more: PlanEvent[]): PlanState => stateOf(planDecider, ...planReady, ...more);
