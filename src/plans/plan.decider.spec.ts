import { make, specification, stateOf } from '../../test/support/decider-spec.js';
import { saying, someone } from '../../test/support/recorded.js';
import {
  areaDefined,
  lianduEnrolled,
  lishuiEnrolled,
  plan,
  planDrafted,
  planReady,
} from '../../test/support/examples/plans.js';
import { defaultEvaluationRules } from './evaluation-rules.js';
import { ApprovePlan, ClosePlan, DefineArea, DraftPlan, EnrolUnit, SetEvaluationRules } from './plan.commands.js';
import { planDecider } from './plan.decider.js';
import { drafted } from './plan.state.js';
import {
  AreaDefined,
  EvaluationRulesSet,
  PlanApproved,
  PlanClosed,
  PlanDrafted,
  UnitEnrolled,
  planEvents,
} from './plan.events.js';

const given = specification(planDecider, planEvents, { known: undefined, now: '2023-08-25T02:00:00.000Z' });

const { assumptions: _, previousResults: __, glossary: ___, ...needed } = planDrafted.data;
const draft = (different: Partial<DraftPlan> = {}) => make(DraftPlan, { plan, ...needed, ...different });
const closed = PlanClosed.of({});

describe('drafting a plan', () => {
  it('drafts the plan; omitted lists become empty lists', () => {
    given().when(draft()).then(planDrafted);
    given()
      .when(draft({ actionPlans: undefined }))
      .then(PlanDrafted.of({ ...planDrafted.data, actionPlans: [] }));
  });

  it('stores glossary, previous results and assumptions unchanged', () => {
    const glossary = [{ term: '康养联合体', gist: '整合康复、护理人才的机构', line: 260 }];
    const previousResults = [{ row: '1', name: '床位数', unit: '张', value: '60' }];
    const parts = { glossary, previousResults, assumptions: [{ field: 'title', text: '由文意推定' }] };
    given()
      .when(draft(parts))
      .then(PlanDrafted.of({ ...planDrafted.data, ...parts }));
  });

  it('omits the mid-term if the plan has none', () => {
    const { midterm: _, ...data } = planDrafted.data;
    given()
      .when(draft({ midterm: undefined }))
      .then(PlanDrafted.of(data));
  });

  it('stores its fiscal year whole, and the unit of its money', () => {
    const fiscal = { fiscalYear: { firstMonth: 4 }, baseline: 'FY2020', midterm: 'FY2022' };
    const years = { ...planDrafted.data, ...fiscal };
    given()
      .when(draft(fiscal))
      .then(PlanDrafted.of({ ...years, fiscalYear: { firstMonth: 4, namedAfter: 'start' } }));
    given()
      .when(draft({ ...fiscal, fiscalYear: { firstMonth: 10, namedAfter: 'end' } }))
      .then(PlanDrafted.of({ ...years, fiscalYear: { firstMonth: 10, namedAfter: 'end' } }));
    given()
      .when(draft({ money: { unit: '百万美元' } }))
      .then(PlanDrafted.of({ ...planDrafted.data, money: { unit: '百万美元' } }));
    given()
      .when(draft({ money: { unit: '百万人' } }))
      .thenRefused('plan.money', 'money.unit');
  });

  it('changes nothing if the same plan already exists, even a closed one', () => {
    given(planDrafted).when(draft()).thenNothing();
    given(planDrafted, closed).when(draft()).thenNothing();
  });

  it('refuses to overwrite an existing plan with different content', () => {
    given(planDrafted)
      .when(draft({ title: '另一规划' }))
      .thenRefused('plan.already-drafted');
  });

  it.each<[string, Partial<DraftPlan>, string, string]>([
    ['a time zone that does not exist', { timeZone: 'Asia/Lishui' }, 'plan.time-zone', 'timeZone'],
    ['an abbreviation for a time zone', { timeZone: 'CST' }, 'plan.time-zone', 'timeZone'],
    ['a malformed base period', { baseline: '2020年' }, 'period.malformed', 'baseline'],
    ['a malformed mid-term', { midterm: '2022年' }, 'period.malformed', 'midterm'],
    ['a start after its end', { startYear: 2026 }, 'plan.years', 'startYear'],
    ['a base period after its end', { baseline: '2026' }, 'plan.baseline', 'baseline'],
    ['a mid-term before its start', { midterm: '2020' }, 'plan.midterm', 'midterm'],
    ['a mid-term after its end', { midterm: '2026' }, 'plan.midterm', 'midterm'],
  ])('refuses %s', (_, different, code, field) => {
    given().when(draft(different)).thenRefused(code, field);
  });

  it('keeps a plan that was drafted in a time zone which is no longer accepted', () => {
    const old = PlanDrafted.of({ ...planDrafted.data, timeZone: 'CST' });
    given(old)
      .when(draft({ timeZone: 'CST' }))
      .thenNothing();
    given(old).when(draft()).thenRefused('plan.already-drafted');
  });

  it('accepts a one-year plan whose base period and mid-term lie in that year', () => {
    const short = { startYear: 2023, endYear: 2023, baseline: '2023', midterm: '2023-S1' };
    given()
      .when(draft(short))
      .then(PlanDrafted.of({ ...planDrafted.data, ...short }));
  });

  it.each([
    make(ApprovePlan, { plan, approvedBy: '丽水市人民政府' }),
    make(DefineArea, { plan, code: 'A1', name: '幸福颐养标杆区' }),
    make(EnrolUnit, { plan, code: '331100', name: '丽水市', level: 'city' }),
    make(SetEvaluationRules, { plan, rules: defaultEvaluationRules }),
    make(ClosePlan, { plan }),
  ])('must precede $type', (command) => {
    given().when(command).thenRefused('plan.unknown', 'plan', { kind: 'plan', id: plan });
  });

  it('is returned by drafted(), which throws plan.unknown before the plan is drafted', () => {
    expect(drafted(plan, stateOf(planDecider, planDrafted))).toEqual(planDrafted.data);
    expect(() => drafted(plan, planDecider.initialState)).toThrow(expect.objectContaining({ code: 'plan.unknown' }));
  });
});

describe('approving a plan', () => {
  const approval = { approvedBy: '丽水市人民政府', documentNumber: '丽政发〔2021〕1号', approvedOn: '2021-06-30' };

  it('records the approving body, document number and date', () => {
    given(planDrafted)
      .when(make(ApprovePlan, { plan, ...approval }))
      .then(PlanApproved.of(approval));
  });

  it('requires neither document number nor date', () => {
    given(planDrafted)
      .when(make(ApprovePlan, { plan, approvedBy: '丽水市人民政府' }))
      .then(PlanApproved.of({ approvedBy: '丽水市人民政府' }));
  });

  it('happens once', () => {
    const given1 = given(planDrafted, PlanApproved.of(approval));
    given1.when(make(ApprovePlan, { plan, ...approval })).thenNothing();
    given1.when(make(ApprovePlan, { plan, ...approval, approvedBy: '某局' })).thenRefused('plan.already-defined');
  });

  it('refuses a date in the future, by the calendar of the plan’s time zone', () => {
    const approve = make(ApprovePlan, { plan, approvedBy: '丽水市人民政府', approvedOn: '2023-08-26' });
    // 16:00 UTC is midnight in Asia/Shanghai.
    given(planDrafted).when(approve, { now: '2023-08-25T15:59:59.999Z' }).thenRefused('date.future', 'approvedOn');
    given(planDrafted)
      .when(approve, { now: '2023-08-25T16:00:00.000Z' })
      .then(PlanApproved.of({ approvedBy: '丽水市人民政府', approvedOn: '2023-08-26' }));
  });
});

describe('defining an area', () => {
  const area = { code: 'A1', name: '幸福颐养标杆区', actionPlan: 'P1' };

  it('defines it once', () => {
    given(planDrafted)
      .when(make(DefineArea, { plan, ...area }))
      .then(areaDefined);
    given(planDrafted, areaDefined)
      .when(make(DefineArea, { plan, ...area }))
      .thenNothing();
    given(planDrafted, areaDefined)
      .when(make(DefineArea, { plan, ...area, name: '颐养区' }))
      .thenRefused('plan.already-defined');
  });

  it('may have any of the plan’s action plans', () => {
    const actionPlans = [...planDrafted.data.actionPlans, { code: 'P2', name: '另一行动计划' }];
    given(PlanDrafted.of({ ...planDrafted.data, actionPlans }))
      .when(make(DefineArea, { plan, ...area, actionPlan: 'P2' }))
      .then(AreaDefined.of({ ...area, actionPlan: 'P2' }));
  });

  it('may omit the action plan, but refuses one that the plan does not have', () => {
    given(planDrafted)
      .when(make(DefineArea, { plan, code: 'A9', name: '其他' }))
      .then(AreaDefined.of({ code: 'A9', name: '其他' }));
    given(planDrafted)
      .when(make(DefineArea, { plan, ...area, actionPlan: 'P9' }))
      .thenRefused('plan.unknown-action-plan', 'actionPlan', { kind: 'action-plan', id: 'P9' });
  });
});

describe('enrolling a unit', () => {
  const liandu = { code: '331102', name: '莲都区', level: 'county', parent: '331100' } as const;

  it('enrols it once', () => {
    given(planDrafted, lishuiEnrolled)
      .when(make(EnrolUnit, { plan, ...liandu }))
      .then(lianduEnrolled);
    given(...planReady)
      .when(make(EnrolUnit, { plan, ...liandu }))
      .thenNothing();
    given(...planReady)
      .when(make(EnrolUnit, { plan, ...liandu, name: '莲都' }))
      .thenRefused('plan.already-defined');
  });

  it('refuses a unit whose parent is not enrolled', () => {
    given(planDrafted)
      .when(make(EnrolUnit, { plan, ...liandu }))
      .thenRefused('plan.unknown-parent', 'parent', { kind: 'unit', id: '331100' });
  });

  it('enrols a reference unit without parent', () => {
    const province = { code: '330000', name: '浙江省', bureau: '浙江省民政厅', level: 'reference' } as const;
    given(planDrafted)
      .when(make(EnrolUnit, { plan, ...province }))
      .then(UnitEnrolled.of(province));
  });
});

describe('setting the rules of evaluation', () => {
  const stricter = { ...defaultEvaluationRules, status: { ...defaultEvaluationRules.status, ahead: '8' } };
  const rulesSet = (version: number, rules = defaultEvaluationRules) => EvaluationRulesSet.of({ version, rules });
  const set = (rules: SetEvaluationRules['rules']) => make(SetEvaluationRules, { plan, rules });

  it('increments the version only if the rules change', () => {
    given(planDrafted).when(set(defaultEvaluationRules)).then(rulesSet(1));
    given(planDrafted, rulesSet(1)).when(set(defaultEvaluationRules)).thenNothing();
    given(planDrafted, rulesSet(1)).when(set(stricter)).then(rulesSet(2, stricter));
  });

  it('creates a new version when earlier rules are restored', () => {
    given(planDrafted, rulesSet(1), rulesSet(2, stricter)).when(set(defaultEvaluationRules)).then(rulesSet(3));
  });

  it('refuses different rules backdated to before the current ones; equal rules change nothing', () => {
    const since = (knownAt: string) => saying({ knownAt }, rulesSet(1));
    const at = (knownAt: string) => ({ knownAt });
    const standing = given(planDrafted, since('2021-12-31T15:59:59.999Z'));
    standing.when(set(stricter), at('2021-12-31T15:59:59.999Z')).thenRefused('rules.backdated', 'knownAt');
    standing.when(set(stricter), at('2021-06-30T15:59:59.999Z')).thenRefused('rules.backdated', 'knownAt');
    standing.when(set(defaultEvaluationRules), at('2021-12-31T15:59:59.999Z')).thenNothing();
    standing.when(set(stricter), at('2022-01-01T15:59:59.999Z')).then(rulesSet(2, stricter));
  });

  it('accepts new rules at the same moment as the current ones if neither is backdated', () => {
    const now = '2023-08-25T02:00:00.000Z';
    given(planDrafted, saying({ knownAt: now }, rulesSet(1)))
      .when(set(stricter), { now })
      .then(rulesSet(2, stricter));
  });

  it('refuses invalid rules and names the field', () => {
    const contradictory = { ...stricter, status: { ...stricter.status, severe: '99' } };
    given(planDrafted).when(set(contradictory)).thenRefused('rules.invalid', 'status.severe');
    const context = { now: '2023-08-25T02:00:00.000Z', knownAt: '2023-08-25T02:00:00.000Z', actor: someone };
    const decide = () =>
      planDecider.decide(set(contradictory), stateOf(planDecider, planDrafted), {
        ...{ ...context, evidence: [], known: undefined },
      });
    expect(decide).toThrow(expect.objectContaining({ kind: 'invalid' }));
  });
});

describe('closing a plan', () => {
  it('happens once', () => {
    given(planDrafted).when(make(ClosePlan, { plan })).then(closed);
    given(planDrafted, closed).when(make(ClosePlan, { plan })).thenNothing();
  });

  it.each([
    make(ApprovePlan, { plan, approvedBy: '丽水市人民政府' }),
    make(DefineArea, { plan, code: 'A2', name: '精准保障标杆区' }),
    make(EnrolUnit, { plan, code: '331123', name: '遂昌县', level: 'county', parent: '331100' }),
    make(SetEvaluationRules, { plan, rules: defaultEvaluationRules }),
  ])('refuses $type afterwards', (command) => {
    given(...planReady, closed)
      .when(command)
      .thenRefused('plan.closed');
  });
});
