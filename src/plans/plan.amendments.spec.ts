import { make, specification } from '../../test/support/decider-spec.js';
import {
  areaDefined,
  lianduEnrolled,
  plan,
  planDrafted,
  planReady,
  planState,
} from '../../test/support/examples/plans.js';
import { AmendApproval, AmendArea, AmendPlan, AmendUnit, RetireArea } from './plan.commands.js';
import { planDecider } from './plan.decider.js';
import {
  AreaAmended,
  AreaDefined,
  AreaRetired,
  PlanAmended,
  PlanApproved,
  PlanClosed,
  UnitAmended,
  UnitEnrolled,
  planEvents,
} from './plan.events.js';
import { UnitEnded, UnitMoved, UnitRenamed, UnitSplit } from './unit-change.events.js';

const given = specification(planDecider, planEvents, { known: undefined, now: '2023-08-25T02:00:00.000Z' });
const why = { reason: '经市政府常务会议审议' };
const ready = given(...planReady);

describe('amending a plan', () => {
  const amend = (different: Partial<AmendPlan> = {}) => make(AmendPlan, { plan, ...planDrafted.data, ...different });
  const renamed = { title: '丽水市民政事业发展“十四五”规划（修订）', endYear: 2026 };

  it('states the whole of it anew, with a reason', () => {
    ready.when(amend(renamed), why).then(PlanAmended.of({ ...planDrafted.data, ...renamed }));
    ready.when(amend(renamed)).thenRefused('reason.missing', 'reason');
  });

  it('changes nothing where nothing differs from the plan as it stands now', () => {
    ready.when(amend()).thenNothing();
    const amended = PlanAmended.of({ ...planDrafted.data, ...renamed });
    given(...planReady, amended)
      .when(amend(renamed))
      .thenNothing();
    given(...planReady, amended)
      .when(amend(), why)
      .then(PlanAmended.of(planDrafted.data));
  });

  it('needs a plan that is there, open, and right in itself', () => {
    given().when(amend(renamed), why).thenRefused('plan.unknown', 'plan');
    given(...planReady, PlanClosed.of({}))
      .when(amend(renamed), why)
      .thenRefused('plan.closed');
    ready.when(amend({ endYear: 2019 }), why).thenRefused('plan.years', 'startYear');
  });

  it('never changes how years are counted, nor the unit of the projects’ money', () => {
    const fiscal = { firstMonth: 4, namedAfter: 'start' } as const;
    ready
      .when(amend({ fiscalYear: { firstMonth: 4 }, baseline: 'FY2020', midterm: 'FY2022' }), why)
      .thenRefused('plan.years-fixed', 'fiscalYear');
    ready.when(amend({ money: { unit: '百万美元' } }), why).thenRefused('plan.money-fixed', 'money.unit');
    // 万元 is what is meant where nothing is said.
    ready
      .when(amend({ money: { unit: '万元' } }), why)
      .then(PlanAmended.of({ ...planDrafted.data, money: { unit: '万元' } }));
    const drafted = { ...planDrafted.data, fiscalYear: fiscal, baseline: 'FY2020', midterm: 'FY2022' };
    const ofFiscalYears = given({ ...planDrafted, data: drafted });
    ofFiscalYears
      .when(make(AmendPlan, { plan, ...drafted, fiscalYear: { firstMonth: 4 }, endYear: 2026 }), why)
      .then(PlanAmended.of({ ...drafted, endYear: 2026 }));
    ofFiscalYears
      .when(make(AmendPlan, { plan, ...drafted, fiscalYear: { firstMonth: 10 } }), why)
      .thenRefused('plan.years-fixed', 'fiscalYear');
  });

  it('never changes the time zone, in which all days were meant', () => {
    ready.when(amend({ timeZone: 'Asia/Tokyo' }), why).thenRefused('plan.time-zone-fixed', 'timeZone');
  });
});

describe('amending the approval', () => {
  const approved = PlanApproved.of({ approvedBy: '丽水市人民政府', documentNumber: '丽政发〔2021〕1号' });
  const amend = make(AmendApproval, { plan, approvedBy: '丽水市人民政府', documentNumber: '丽政发〔2021〕10号' });

  it('states it anew', () => {
    const corrected = PlanApproved.of({ approvedBy: '丽水市人民政府', documentNumber: '丽政发〔2021〕10号' });
    given(...planReady, approved)
      .when(amend, why)
      .then(corrected);
    given(...planReady, approved)
      .when(amend)
      .thenRefused('reason.missing', 'reason');
    given(...planReady, corrected)
      .when(amend)
      .thenNothing();
  });

  it('needs one that was stated', () => {
    ready.when(amend, why).thenRefused('plan.not-defined');
  });
});

describe('amending an area', () => {
  const { code } = areaDefined.data;
  const amend = make(AmendArea, { plan, ...areaDefined.data, name: '幸福养老标杆区' });

  it('states it anew', () => {
    ready.when(amend, why).then(AreaAmended.of({ ...areaDefined.data, name: '幸福养老标杆区' }));
    ready.when(amend).thenRefused('reason.missing', 'reason');
    ready.when(make(AmendArea, { plan, ...areaDefined.data })).thenNothing();
    ready.when(make(AmendArea, { plan, code: 'A9', name: '新区' }), why).thenRefused('plan.not-defined');
  });

  it('can be retired, after which the plan has it no more', () => {
    const retire = make(RetireArea, { plan, code });
    ready.when(retire, why).then(AreaRetired.of({ code }));
    ready.when(retire).thenRefused('reason.missing', 'reason');
    given(...planReady, AreaRetired.of({ code }))
      .when(retire, why)
      .thenRefused('plan.unknown-area', 'code', { kind: 'area', id: code });
    const other = AreaDefined.of({ code: 'A2', name: '乙区' });
    expect([...planState(other, AreaRetired.of({ code })).areas.keys()]).toEqual(['A2']);
  });
});

describe('correcting a unit', () => {
  const unit = lianduEnrolled.data;
  const { code } = unit;
  const amend = (different: Partial<AmendUnit>) => make(AmendUnit, { plan, ...unit, ...different });

  it('states anew what it was from its first day on', () => {
    const bureau = '莲都区民政和社会事业局';
    ready.when(amend({ bureau }), why).then(UnitAmended.of({ ...unit, bureau }));
    ready.when(amend({ bureau })).thenRefused('reason.missing', 'reason');
    ready.when(amend({})).thenNothing();
  });

  it('is so from then on, and leaves everything else', () => {
    const bureau = '莲都区民政和社会事业局';
    const { units, ...rest } = planState();
    const { units: now, ...others } = planState(UnitAmended.of({ ...unit, bureau }));
    expect([...now.values()]).toEqual(
      [...units.values()].map((each) => (each.code === code ? { ...each, bureau } : each)),
    );
    expect(others).toEqual(rest);
  });

  it('compares with what was enrolled, not with what changed since', () => {
    const later = [
      UnitRenamed.of({ code, name: '莲城区', on: '2022-01-01' }),
      UnitMoved.of({ code, parent: '331121', on: '2022-06-01' }),
    ];
    given(...planReady, ...later)
      .when(amend({}))
      .thenNothing();
  });

  it('keeps the tree: no unit above itself, nothing above the one that stands for the plan', () => {
    ready.when(amend({ parent: code }), why).thenRefused('unit.circle', 'parent');
    ready.when(amend({ parent: '339999' }), why).thenRefused('plan.unknown-parent', 'parent');
    ready
      .when(make(AmendUnit, { plan, code: '331100', name: '丽水市', level: 'city', parent: code }), why)
      .thenRefused('unit.top', 'parent');
  });

  it('leaves the first day of a unit that others were made into', () => {
    const on = '2023-07-01';
    const enrolled = UnitEnrolled.of({ ...unit, code: '331130', name: '新设区', from: on });
    const split = UnitSplit.of({ code, into: [code, '331130'], on });
    given(...planReady, enrolled, split)
      .when(make(AmendUnit, { plan, ...enrolled.data, from: '2023-01-01' }), why)
      .thenRefused('unit.from-fixed', 'from');
  });

  it.each([
    ['renamed', UnitRenamed.of({ code, name: '新名', on: '2023-07-01' })],
    ['ended', UnitEnded.of({ code, on: '2023-07-01' })],
  ])('cannot begin on or after the day on which it was %s', (_, change) => {
    const begins = (from: string) => make(AmendUnit, { plan, ...unit, code, from });
    given(...planReady, change)
      .when(begins('2023-07-01'), why)
      .thenRefused('unit.change-order', 'from');
    given(...planReady, change)
      .when(begins('2023-06-30'), why)
      .then(UnitAmended.of({ ...unit, code, from: '2023-06-30' }));
  });

  it('may change what the change of territory does not settle', () => {
    const on = '2023-07-01';
    const enrolled = UnitEnrolled.of({ ...unit, code: '331130', name: '新设区', from: on });
    const split = given(...planReady, enrolled, UnitSplit.of({ code, into: [code, '331130'], on }));
    const bureau = '新设区民政局';
    split
      .when(make(AmendUnit, { plan, ...enrolled.data, bureau }), why)
      .then(UnitAmended.of({ ...enrolled.data, bureau }));
    // The unit that went on was there before.
    split.when(amend({ from: '2021-06-01' }), why).then(UnitAmended.of({ ...unit, from: '2021-06-01' }));
    split.when(amend({ from: '2023-08-01' }), why).thenRefused('unit.change-order', 'from');
    const renamed = UnitRenamed.of({ code: '331130', name: '新城区', on: '2024-01-01' });
    given(...planReady, enrolled, renamed)
      .when(make(AmendUnit, { plan, ...enrolled.data, bureau }), why)
      .then(UnitAmended.of({ ...enrolled.data, bureau }));
  });

  it('may change where it belongs, but not to below itself, nor above the plan’s own unit', () => {
    const { parent: _, ...bare } = unit;
    ready.when(make(AmendUnit, { plan, ...bare }), why).then(UnitAmended.of(bare));
    ready.when(amend({ parent: '331121' }), why).then(UnitAmended.of({ ...unit, parent: '331121' }));
    const below = UnitEnrolled.of({ code: '331140', name: '乡', level: 'town', parent: code });
    const lowest = UnitEnrolled.of({ code: '331141', name: '村', level: 'town', parent: '331140' });
    given(...planReady, below, lowest)
      .when(amend({ parent: '331141' }), why)
      .thenRefused('unit.circle', 'parent');
    const lender = UnitEnrolled.of({ code: '330000', name: '全省', level: 'reference' });
    given(...planReady, lender)
      .when(make(AmendUnit, { plan, ...lender.data, parent: '331100' }), why)
      .then(UnitAmended.of({ ...lender.data, parent: '331100' }));
  });
});
