import type { Engine } from '../engine.js';
import { ReturnMeasurement } from '../figures/figure.commands.js';
import { SetDeadlines } from '../plans/plan.commands.js';
import { latestChanges } from '../overview/latest-changes.js';
import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { obligationPeriods } from './obligation-periods.js';
import { reportForm } from './report-form.js';

const now = '2023-03-10T00:00:00.000Z';
const unit = '331102';

let engine: Engine;
beforeAll(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(smallPlan());
  await send(engine, make(SetDeadlines, { plan: 'small', days: { A: 60 } }));
  await engine.caughtUp();
});
afterAll(() => engine.close());

const form = (period: string) => {
  const { views } = engine;
  const none = () => Promise.resolve([]);
  const publications = { now: none, asOf: none, snapshots: () => Promise.resolve(0) };
  return reportForm({ views, publications }, { plan: 'small', unit, period, asOf: {}, now });
};

it('a form has each figure beside its last value, its target and what the path asks', async () => {
  const { figures, due, obligations } = await form('2022');
  expect(due).toBe('2023-03-01');
  expect(obligations).toEqual([{ kind: 'indicator', code: '03', name: '康养联合体数', state: 'reported' }]);
  expect(figures).toMatchObject([
    {
      code: '03',
      decimals: 0,
      definition: { unitOfMeasure: '个', measurement: { type: 'direct' } },
      last: { period: '2021', shown: '3' },
      figure: { standing: 'reported', revision: 0, latest: { reported: { value: '8' } } },
      waitsFor: {},
      shown: '8',
    },
  ]);
  expect((await form('2023')).figures[0]).not.toHaveProperty('figure');
});

it('an approved figure says by whom it is locked, a returned one why', async () => {
  expect((await form('2021')).figures[0]!.lock).toMatchObject({ because: 'approved' });
  const about = { plan: 'small', code: '03', unit, period: '2022' };
  await send(engine, make(ReturnMeasurement, { ...about, reason: '与名录不符' }));
  await engine.caughtUp();
  expect((await form('2022')).obligations[0]).toMatchObject({ state: 'returned', note: '与名录不符', overdue: true });
});

it('the periods of a unit are those that have begun, the last one first', async () => {
  const { periods, day, name } = await obligationPeriods(engine.views, { plan: 'small', unit, asOf: {}, now });
  expect({ day, name }).toEqual({ day: '2023-03-10', name: '莲都区' });
  expect(periods.map(({ period, due, overdue }) => [period, due, overdue])).toEqual([
    ['2023', '2024-02-29', 0],
    ['2022', '2023-03-01', 1],
    ['2021', '2022-03-01', 0],
  ]);
  await expect(obligationPeriods(engine.views, { plan: 'small', unit: '339999', asOf: {}, now })).rejects.toMatchObject(
    { code: 'unit.unknown' },
  );
});

it('the latest changes come in the order in which they became known', async () => {
  const { changes } = await latestChanges(engine.views, 'small', 2);
  expect(changes).toMatchObject([
    { kind: 'figure', id: '03', unit, unitName: '莲都区', period: '2022', what: '上报', text: '8' },
    { kind: 'figure', id: '03', unit, period: '2021', what: '审核通过', text: '3', knownAt: expect.any(String) },
  ]);
});
