import { make, specification, stateOf } from '../../test/support/decider-spec.js';
import { lianduEnrolled, plan, planReady } from '../../test/support/examples/plans.js';
import { AmendUnit, EnrolUnit } from './plan.commands.js';
import { planDecider } from './plan.decider.js';
import { UnitAmended, UnitEnrolled, planEvents, type PlanEvent } from './plan.events.js';
import { EndUnit, MergeUnits, MoveUnit, RenameUnit, SplitUnit, WithdrawUnitChange } from './unit-change.commands.js';
import {
  UnitChangeWithdrawn,
  UnitEnded,
  UnitMoved,
  UnitRenamed,
  UnitSplit,
  UnitsMerged,
} from './unit-change.events.js';

const given = specification(planDecider, planEvents, { known: undefined, now: '2025-03-01T02:00:00.000Z' });
const on = '2023-07-01';
const [city, liandu, qingtian, jinyun] = ['331100', '331102', '331121', '331122'];
const enrolled = (code: string, from?: string, parent = city) =>
  UnitEnrolled.of({ code, name: `单位${code}`, level: 'county', parent, ...(from && { from }) });
const founded = enrolled('331130', on);
const ready = given(...planReady, founded);

const merged = UnitsMerged.of({ units: [qingtian, jinyun], into: '331130', on });
const merge = (different: Partial<MergeUnits> = {}) =>
  make(MergeUnits, { plan, units: [qingtian, jinyun], into: '331130', on, ...different });

describe('a unit that begins during the plan', () => {
  it('is enrolled with its first day; the same again changes nothing, also after a change of its name', () => {
    const command = make(EnrolUnit, { plan, ...founded.data });
    given(...planReady)
      .when(command)
      .then(founded);
    given(...planReady, founded, UnitRenamed.of({ code: '331130', name: '新区', on: '2024-01-01' }))
      .when(command)
      .thenNothing();
  });
});

describe('renaming a unit', () => {
  const rename = (different: Partial<RenameUnit> = {}) =>
    make(RenameUnit, { plan, code: liandu, name: '莲都新区', on, ...different });
  const renamed = UnitRenamed.of({ code: liandu, name: '莲都新区', on });

  it('gives it another name from a day on, once', () => {
    ready.when(rename()).then(renamed);
    given(...planReady, renamed)
      .when(rename())
      .thenNothing();
  });

  it('may state the name of the same day again', () => {
    const again = rename({ name: '莲都高新区' });
    given(...planReady, renamed)
      .when(again)
      .then(UnitRenamed.of({ code: liandu, name: '莲都高新区', on }));
  });

  it('is refused where the name is the same, an earlier day is meant, or the unit is not there', () => {
    ready.when(rename({ name: lianduEnrolled.data.name })).thenRefused('unit.unchanged');
    given(...planReady, renamed)
      .when(rename({ name: '处州区', on: '2022-01-01' }))
      .thenRefused('unit.change-order');
    ready.when(rename({ code: '331199' })).thenRefused('unit.not-enrolled');
    ready.when(rename({ code: '331130', on: '2023-07-01' })).thenRefused('unit.not-yet');
    given(...planReady, founded, merged)
      .when(rename({ code: qingtian, on: '2024-01-01' }))
      .thenRefused('unit.ended');
  });
});

describe('moving a unit under another', () => {
  const move = (different: Partial<MoveUnit> = {}) =>
    make(MoveUnit, { plan, code: jinyun, parent: qingtian, on, ...different });

  it('is recorded with its day, once', () => {
    const moved = UnitMoved.of({ code: jinyun, parent: qingtian, on });
    ready.when(move()).then(moved);
    given(...planReady, moved)
      .when(move())
      .thenNothing();
  });

  it('is refused for the unit that stands for the plan, in a circle, or to where it is', () => {
    ready.when(move({ code: city })).thenRefused('unit.top');
    given(...planReady, enrolled('331140', undefined, jinyun))
      .when(move({ parent: '331140' }))
      .thenRefused('unit.circle');
    ready.when(move({ parent: jinyun })).thenRefused('unit.circle');
    ready.when(move({ parent: city })).thenRefused('unit.unchanged');
  });
});

describe('merging units', () => {
  it('ends them and begins the unit that they are merged into, once', () => {
    ready.when(merge()).then(merged);
    given(...planReady, founded, merged)
      .when(merge())
      .thenNothing();
  });

  it('may let one of them go on', () => {
    const absorbing = merge({ into: qingtian });
    ready.when(absorbing).then(UnitsMerged.of({ units: [qingtian, jinyun], into: qingtian, on }));
  });

  it('needs two units that stand then, and a new unit that begins on that day', () => {
    ready.when(merge({ units: [qingtian] })).thenRefused('unit.several');
    ready.when(merge({ units: [qingtian, qingtian] })).thenRefused('unit.repeated');
    ready.when(merge({ into: liandu })).thenRefused('unit.not-new');
    ready.when(merge({ on: '2024-01-01' })).thenRefused('unit.not-new');
    given(...planReady, founded, merged)
      .when(merge({ units: [qingtian, liandu], on: '2024-01-01' }))
      .thenRefused('unit.ended');
  });

  it('is refused while another unit is below one that ends, and for the unit that stands for the plan', () => {
    given(...planReady, founded, enrolled('331140', undefined, jinyun))
      .when(merge())
      .thenRefused('unit.has-parts');
    ready.when(merge({ units: [city, jinyun] })).thenRefused('unit.top');
  });
});

describe('splitting a unit', () => {
  const split = (different: Partial<SplitUnit> = {}) =>
    make(SplitUnit, { plan, code: liandu, into: [liandu, '331130'], on, ...different });

  it('lets it go on with less, or ends it', () => {
    ready.when(split()).then(UnitSplit.of({ code: liandu, into: [liandu, '331130'], on }));
    const second = enrolled('331131', on);
    given(...planReady, founded, second)
      .when(split({ into: ['331130', '331131'] }))
      .then(UnitSplit.of({ code: liandu, into: ['331130', '331131'], on }));
  });

  it('needs parts that begin on that day', () => {
    ready.when(split({ into: [liandu, jinyun] })).thenRefused('unit.not-new');
    ready.when(split({ into: ['331130'] })).thenRefused('unit.several');
  });
});

describe('ending a unit', () => {
  const end = (different: Partial<EndUnit> = {}) => make(EndUnit, { plan, code: jinyun, on, ...different });

  it('leaves it to the periods before, once', () => {
    const ended = UnitEnded.of({ code: jinyun, on });
    ready.when(end()).then(ended);
    given(...planReady, ended)
      .when(end())
      .thenNothing();
    given(...planReady, ended)
      .when(end({ on: '2024-01-01' }))
      .thenRefused('unit.ended');
  });
});

describe('withdrawing a change that was entered by mistake', () => {
  const withdraw = (change: WithdrawUnitChange['change'], different: Partial<WithdrawUnitChange> = {}) =>
    make(WithdrawUnitChange, { plan, code: jinyun, on, change, ...different });
  const why = { reason: '登记有误：并无此事' };
  const renamed = UnitRenamed.of({ code: jinyun, name: '缙云市', on });
  const merged = UnitsMerged.of({ units: [qingtian, jinyun], into: qingtian, on });

  it.each([
    ['name', [renamed]],
    ['name', [renamed, UnitRenamed.of({ code: jinyun, name: '新缙云市', on: '2024-01-01' })]],
    ['parent', [UnitMoved.of({ code: jinyun, parent: qingtian, on })]],
    ['territory', [merged]],
    ['territory', [UnitEnded.of({ code: jinyun, on })]],
    ['territory', [UnitSplit.of({ code: jinyun, into: [jinyun, '331130'], on })]],
  ] as const)('leaves everything as if there had been no change of the %s', (change, [event, ...later]) => {
    const withdrawal = UnitChangeWithdrawn.of({ code: jinyun, on, change });
    given(...planReady, founded, event, ...later)
      .when(withdraw(change), why)
      .then(withdrawal);
    const state = (...events: PlanEvent[]) => stateOf(planDecider, ...planReady, founded, ...events);
    const nameBefore = later.length > 0 ? [UnitRenamed.of({ code: jinyun, name: '新缙云市', on: '2024-01-01' })] : [];
    expect(state(event, ...later, withdrawal)).toEqual(state(...nameBefore));
  });

  it('needs a change of that day, and a reason', () => {
    given(...planReady, renamed)
      .when(withdraw('name', { on: '2023-01-01' }), why)
      .thenRefused('unit.no-change', 'on');
    given(...planReady, renamed)
      .when(withdraw('territory'), why)
      .thenRefused('unit.no-change', 'on');
    given(...planReady, renamed)
      .when(withdraw('name'))
      .thenRefused('reason.missing', 'reason');
  });

  it('goes backwards: later changes of the same units first', () => {
    const split = UnitSplit.of({ code: qingtian, into: [qingtian, '331131'], on: '2024-01-01' });
    given(...planReady, founded, merged, enrolled('331131', '2024-01-01'), split)
      .when(withdraw('territory'), why)
      .thenRefused('unit.change-order', 'on');
  });

  it('lets a unit that was founded by mistake end on its first day', () => {
    const end = make(EndUnit, { plan, code: founded.data.code, on });
    given(...planReady, founded)
      .when(end)
      .then(UnitEnded.of({ code: founded.data.code, on }));
  });

  it('still tells how such a unit was enrolled, so that the same again changes nothing and a mistake is corrected', () => {
    const ended = given(...planReady, founded, UnitEnded.of({ code: founded.data.code, on }));
    ended.when(make(EnrolUnit, { plan, ...founded.data })).thenNothing();
    const bureau = '新区民政局';
    ended
      .when(make(AmendUnit, { plan, ...founded.data, bureau }), why)
      .then(UnitAmended.of({ ...founded.data, bureau }));
  });
});
