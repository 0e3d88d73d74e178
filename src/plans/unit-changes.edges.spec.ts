import { make, specification } from '../../test/support/decider-spec.js';
import { plan, planReady } from '../../test/support/examples/plans.js';
import { planDecider } from './plan.decider.js';
import { UnitEnrolled, planEvents, type PlanEvent } from './plan.events.js';
import { EndUnit, MergeUnits, MoveUnit, RenameUnit, SplitUnit, WithdrawUnitChange } from './unit-change.commands.js';
import { UnitEnded, UnitMoved, UnitRenamed, UnitSplit, UnitsMerged } from './unit-change.events.js';

/** What is refused about changes of units, each by its field, and the days and units on which it turns. */
const given = specification(planDecider, planEvents, { known: undefined, now: '2025-03-01T02:00:00.000Z' });
const on = '2023-07-01';
const later = '2024-01-01';
const why = { reason: '登记有误' };
const [city, liandu, qingtian, jinyun] = ['331100', '331102', '331121', '331122'];
const enrolled = (code: string, more: Partial<(typeof UnitEnrolled)['example']> = {}) =>
  UnitEnrolled.of({ code, name: `单位${code}`, level: 'county', parent: city, ...more });
const founded = enrolled('331130', { from: on });
const second = enrolled('331131', { from: on });
const lender = UnitEnrolled.of({ code: '330000', name: '全省', level: 'reference' });
const plans = (...events: readonly PlanEvent[]) => given(...planReady, founded, second, lender, ...events);

const rename = (fields: Partial<RenameUnit>) => make(RenameUnit, { plan, code: jinyun, name: '新名', on, ...fields });
const move = (fields: Partial<MoveUnit>) => make(MoveUnit, { plan, code: jinyun, parent: qingtian, on, ...fields });
const merge = (fields: Partial<MergeUnits>) =>
  make(MergeUnits, { plan, units: [qingtian, jinyun], into: '331130', on, ...fields });
const split = (fields: Partial<SplitUnit>) =>
  make(SplitUnit, { plan, code: liandu, into: ['331130', '331131'], on, ...fields });
const end = (fields: Partial<EndUnit>) => make(EndUnit, { plan, code: jinyun, on, ...fields });

it('a refusal names the field that is wrong', () => {
  const ended = UnitEnded.of({ code: jinyun, on: '2022-01-01' });
  plans(ended).when(rename({})).thenRefused('unit.ended', 'code');
  plans()
    .when(rename({ name: '缙云县' }))
    .thenRefused('unit.unchanged', 'name');
  plans(ended).when(move({})).thenRefused('unit.ended', 'code');
  plans()
    .when(move({ parent: '339999' }))
    .thenRefused('unit.not-enrolled', 'parent');
  plans(UnitEnded.of({ code: qingtian, on: '2022-01-01' }))
    .when(move({}))
    .thenRefused('unit.ended', 'parent');
  plans()
    .when(move({ parent: city }))
    .thenRefused('unit.unchanged', 'parent');
  plans()
    .when(move({ parent: jinyun }))
    .thenRefused('unit.circle', 'parent');
  plans()
    .when(merge({ units: [jinyun] }))
    .thenRefused('unit.several', 'units');
  plans(ended).when(merge({})).thenRefused('unit.ended', 'units');
  plans()
    .when(merge({ into: '339999' }))
    .thenRefused('unit.not-enrolled', 'into');
  plans()
    .when(merge({ into: liandu }))
    .thenRefused('unit.not-new', 'into');
  plans()
    .when(split({ into: ['331130'] }))
    .thenRefused('unit.several', 'into');
  plans()
    .when(split({ code: '339999' }))
    .thenRefused('unit.not-enrolled', 'code');
  plans()
    .when(split({ into: [liandu, '339999'] }))
    .thenRefused('unit.not-enrolled', 'into');
  plans(ended).when(end({})).thenRefused('unit.ended', 'code');
  plans()
    .when(end({ code: city }))
    .thenRefused('unit.top', 'code');
  plans(enrolled('331140', { parent: jinyun }))
    .when(end({}))
    .thenRefused('unit.has-parts', 'code');
});

describe('a unit stands from its first day to the day before it ends', () => {
  it('so that it changes on days after its first', () => {
    plans()
      .when(rename({ code: '331130', on }))
      .thenRefused('unit.not-yet', 'code');
    plans()
      .when(rename({ code: '331130', on: '2023-07-02' }))
      .then(UnitRenamed.of({ code: '331130', name: '新名', on: '2023-07-02' }));
  });

  it('and until the day before it ends', () => {
    const ended = UnitEnded.of({ code: jinyun, on: later });
    plans(ended)
      .when(rename({ on: later }))
      .thenRefused('unit.ended');
    plans(ended)
      .when(rename({ on: '2023-12-31' }))
      .then(UnitRenamed.of({ code: jinyun, name: '新名', on: '2023-12-31' }));
  });

  it('and is not ended twice', () => {
    plans(UnitEnded.of({ code: '331130', on: later }))
      .when(end({ code: '331130', on }))
      .thenRefused('unit.not-yet');
  });
});

describe('a reference unit', () => {
  it('may be moved and ended, although nothing is above it', () => {
    plans()
      .when(move({ code: '330000', parent: city }))
      .then(UnitMoved.of({ code: '330000', parent: city, on }));
    plans()
      .when(end({ code: '330000' }))
      .then(UnitEnded.of({ code: '330000', on }));
  });
});

describe('the same change again', () => {
  const merged = UnitsMerged.of({ units: [qingtian, jinyun], into: '331130', on });
  const parted = UnitSplit.of({ code: liandu, into: ['331130', '331131'], on });

  it('is nothing, in whatever order its units are named', () => {
    plans(merged)
      .when(merge({ units: [jinyun, qingtian] }))
      .thenNothing();
    plans(parted).when(split({})).thenNothing();
    plans(parted)
      .when(split({ into: ['331131', '331130'] }))
      .thenNothing();
    const moved = UnitMoved.of({ code: jinyun, parent: qingtian, on });
    plans(moved).when(move({})).thenNothing();
  });

  it('is another where a day or a unit differs', () => {
    plans(merged)
      .when(merge({ units: [qingtian, jinyun, liandu] }))
      .thenRefused('unit.ended');
    plans(merged)
      .when(merge({ on: later }))
      .thenRefused('unit.ended');
    plans(merged)
      .when(merge({ into: '331131' }))
      .thenRefused('unit.ended');
    plans(parted)
      .when(split({ into: ['331130', '331131', liandu] }))
      .thenRefused('unit.ended');
    const ofOne = UnitsMerged.of({ units: [qingtian, jinyun], into: qingtian, on });
    plans(ofOne)
      .when(end({ code: liandu }))
      .then(UnitEnded.of({ code: liandu, on }));
    plans(UnitMoved.of({ code: jinyun, parent: qingtian, on }))
      .when(move({ parent: liandu }))
      .then(UnitMoved.of({ code: jinyun, parent: liandu, on }));
  });
});

describe('what rests on a unit', () => {
  const part = enrolled('331140', { parent: qingtian });

  it('keeps it from being merged away, but not from taking in another', () => {
    plans(part).when(merge({})).thenRefused('unit.has-parts');
    plans(part)
      .when(merge({ into: qingtian }))
      .then(UnitsMerged.of({ units: [qingtian, jinyun], into: qingtian, on }));
  });

  it('keeps it from being split up, but not from giving a part', () => {
    const below = enrolled('331141', { parent: liandu });
    plans(below).when(split({})).thenRefused('unit.has-parts');
    plans(below)
      .when(split({ into: [liandu, '331130'] }))
      .then(UnitSplit.of({ code: liandu, into: [liandu, '331130'], on }));
  });
});

describe('the order of changes of territory', () => {
  it('is that of their days, for each unit that one concerns', () => {
    const merged = UnitsMerged.of({ units: [qingtian, jinyun], into: qingtian, on: later });
    const again = enrolled('331132', { from: on });
    plans(merged, again)
      .when(split({ code: qingtian, into: [qingtian, '331132'] }))
      .thenRefused('unit.change-order', 'on');
    plans(merged, again)
      .when(split({ into: [liandu, '331132'] }))
      .then(UnitSplit.of({ code: liandu, into: [liandu, '331132'], on }));
  });

  it('gives a unit one origin', () => {
    plans(UnitSplit.of({ code: liandu, into: [liandu, '331130'], on }))
      .when(merge({}))
      .thenRefused('unit.not-new', 'into');
  });
});

describe('withdrawing', () => {
  const withdraw = (change: WithdrawUnitChange['change'], code = jinyun) =>
    make(WithdrawUnitChange, { plan, code, on, change });

  it('finds a change by what it is about', () => {
    const renamed = UnitRenamed.of({ code: jinyun, name: '新名', on });
    const moved = UnitMoved.of({ code: jinyun, parent: qingtian, on });
    plans(renamed).when(withdraw('parent'), why).thenRefused('unit.no-change', 'on');
    plans(moved).when(withdraw('name'), why).thenRefused('unit.no-change', 'on');
    plans(moved).when(withdraw('territory'), why).thenRefused('unit.no-change', 'on');
    plans().when(withdraw('name', '339999'), why).thenRefused('unit.not-enrolled', 'code');
  });
});
