import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import { DeclareMissing, MeasureIndicator, ReturnMeasurement } from '../figures/figure.commands.js';
import { SetQualityRules } from '../quality/quality.commands.js';
import { readReadiness } from './read-readiness.js';
import { openLines, type ReadinessLine } from './readiness.js';

const plan = 'small';
const [own, other] = ['331102', '331121'];
const now = '2026-11-30T00:00:00.000Z';
const figure = (unit: string, period = '2023') => ({ plan, code: '03', unit, period });
let engine: Engine;

beforeAll(async () => {
  engine = memoryEngine();
  await engine.start();
  const county = `{ code: '${own}', name: 莲都区, level: county, parent: '331100' }`;
  const neighbour = `${county}\n  - { code: '${other}', name: 青田县, level: county, parent: '331100' }`;
  const monthly = `- code: 'M1'
  role: main
  name: 月度补贴
  unitOfMeasure: 元
  area: A1
  attribute: expected
  kind: level
  direction: higher
  frequency: M
  valueType: decimal
  decimals: 0
  definition: 当月补贴
  measurement: { type: direct }
  aggregation: none
  targetScope: own
  trajectory: milestones
  weight: '1'
`;
  const folder = smallPlan(
    ['plan.yaml', county, neighbour],
    ['indicators.yaml', "- code: '03'", `${monthly}- code: '03'`],
  );
  await engine.submissions.submit(folder, undefined, { accepted: ['indicator.no-target'] });
});
afterAll(() => engine.close());

async function counts(period = '2023', asOf = {}) {
  await engine.caughtUp();
  const found = await readReadiness(engine.views, { plan, period, asOf, now });
  const shown = (of: Readonly<Record<ReadinessLine, number>>) =>
    Object.fromEntries(Object.entries(of).filter(([, count]) => count > 0));
  return {
    ...found,
    totals: shown(found.readiness.totals),
    of: (unit: string) => shown(found.readiness.units.find((each) => each.unit === unit)!.counts),
  };
}

it('counts what each unit owes in every frequency, in the period that ends with that of the evaluation', async () => {
  const { of, totals, entries } = await counts();
  expect(of(own)).toEqual({ due: 2, unreported: 2 });
  // The city’s number of the yearly indicator is a sum.
  expect(of('331100')).toEqual({ due: 1, unreported: 1 });
  expect(totals).toMatchObject({ due: 5, unreported: 5 });
  expect(entries.filter(({ line, unit }) => line === 'unreported' && unit === own)).toMatchObject([
    { id: `unreported/03/${own}/2023`, period: '2023', name: '康养联合体数', unitName: '莲都区' },
    { code: 'M1', period: '2023-12' },
  ]);
});

it('follows a figure from waiting over returned to missing, with the reasons', async () => {
  await send(engine, make(MeasureIndicator, { ...figure(own), value: '9' }));
  await send(engine, make(DeclareMissing, { ...figure(other), because: 'under-verification', reason: '待核' }));
  expect((await counts()).of(own)).toEqual({ due: 2, unreported: 1, reported: 1, waiting: 1 });
  expect((await counts()).of(other)).toEqual({ due: 2, unreported: 1, missing: 1 });
  await send(engine, make(ReturnMeasurement, { ...figure(own), reason: '与台账不符' }));
  const { of, entries } = await counts();
  expect(of(own)).toEqual({ due: 2, unreported: 1, reported: 1, returned: 1 });
  expect(entries.find(({ line }) => line === 'returned')).toMatchObject({ unit: own, note: '与台账不符' });
});

it('counts marks of data quality until they are explained', async () => {
  const rules = [{ id: 'jump', kind: 'jump' as const, percent: '50' }];
  await send(engine, make(SetQualityRules, { plan, rules, reason: '年报布置' }));
  await send(engine, make(MeasureIndicator, { ...figure(own, '2024'), value: '90' }));
  expect((await counts('2024')).of(own)).toMatchObject({ waiting: 1, marks: 1 });
  const explanations = [{ rule: 'jump', text: '两家机构投入运营' }];
  await send(engine, make(MeasureIndicator, { ...figure(other, '2024'), value: '90', explanations }));
  expect((await counts('2024')).of(other)).not.toHaveProperty('marks');
});

it('is as of its moment, and says what is open', async () => {
  const before = await counts('2022', { knownAt: '2023-01-31T00:00:00.000Z' });
  expect(before.of(own)).toEqual({ due: 2, unreported: 2 });
  const { readiness } = await counts('2022');
  expect(openLines(readiness)).toEqual(expect.arrayContaining([{ line: 'waiting', count: 1, text: '待审核 1 项' }]));
  expect(openLines({ totals: { ...readiness.totals, unreported: 0, waiting: 0, marks: 0 } })).toEqual([]);
});
