import { lianduEnrolled, planDrafted, planReady } from '../../test/support/examples/plans.js';
import { recorded, saying, type Said } from '../../test/support/recorded.js';
import { documentOf } from '../../test/support/replay.js';
import { defaultEvaluationRules } from './evaluation-rules.js';
import { EvaluationRulesSet, PlanApproved, PlanClosed, type PlanEvent } from './plan.events.js';
import { planProjection } from './plan.projection.js';

const after = (...events: readonly Said<PlanEvent>[]) =>
  documentOf(planProjection, recorded(events, { stream: 'plan-lishui' }));

describe('the document of a plan', () => {
  it('holds the drafted data and the default rules until the plan sets its own', async () => {
    expect(await after(planDrafted)).toEqual({
      ...planDrafted.data,
      ...{ plan: 'lishui', areas: [], units: [], closed: false, demo: false },
      rules: { version: 0, rules: defaultEvaluationRules },
    });
  });

  it('lists areas and units in order of their events', async () => {
    const { areas, units } = await after(...planReady);
    expect(areas.map(({ code }) => code)).toEqual(['A1']);
    expect(units.map(({ code, parent }) => [code, parent])).toEqual([
      ['331100', undefined],
      ['331102', '331100'],
      ['331121', '331100'],
      ['331122', '331100'],
    ]);
  });

  it('holds the approval, the current rules and the closed flag', async () => {
    const rules = { version: 2, rules: { ...defaultEvaluationRules, source: '市局会议纪要' } };
    const first = EvaluationRulesSet.of({ version: 1, rules: defaultEvaluationRules });
    const approval = { approvedBy: '丽水市人民政府', documentNumber: '丽政发〔2021〕1号' };
    const events = [PlanApproved.of(approval), first, EvaluationRulesSet.of(rules), PlanClosed.of({})];
    expect(await after(planDrafted, ...events)).toMatchObject({ approval, rules, closed: true });
  });

  it('is marked as demonstration data if PlanDrafted was', async () => {
    expect((await after(saying({ demo: true }, planDrafted), lianduEnrolled)).demo).toBe(true);
  });

  it('fails if the first event is not PlanDrafted', async () => {
    await expect(after(lianduEnrolled)).rejects.toThrow('stopped at 1: UnitEnrolled before the plan was drafted');
  });
});
