import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, readerOf, send } from '../../test/support/engine.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { CorrectMeasurement } from '../figures/figure.commands.js';
import { changedFigures } from './changed-figures.js';
import { composeOverview } from './overview.js';

it('an overview counts the approved figures that were changed since their approval', async () => {
  const engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(smallPlan());
  const at = async (period: string) => {
    await engine.caughtUp();
    const reader = await readerOf(engine)('small', {});
    return changedFigures(reader, await composeOverview(engine.views, 'small', period));
  };
  expect(await at('2021')).toEqual({ total: 0, byIndicator: [] });
  const figure = { plan: 'small', code: '03', unit: '331102', period: '2021' };
  await send(engine, make(CorrectMeasurement, { ...figure, value: '4', reason: '重新清点' }));
  expect(await at('2021')).toEqual({ total: 1, byIndicator: [{ code: '03', period: '2021', count: 1 }] });
  expect(await at('2022')).toEqual({ total: 0, byIndicator: [] });
  await engine.close();
});
