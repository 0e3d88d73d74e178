import { memoryEngine } from '../../test/support/engine.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import { planProjection } from '../plans/plan.projection.js';

const withPublication = (publication: string) =>
  smallPlan(['plan.yaml', 'areas:', `publication: ${publication}\nareas:`]);

let engine: Engine;
beforeEach(async () => {
  engine = memoryEngine();
  await engine.start();
});
afterEach(() => engine.close());

const publication = async () => {
  await engine.caughtUp();
  return (await engine.views.get(planProjection, 'small'))!.body.publication;
};

it('a folder says what is public, and a changed folder changes it without a row in changes.csv', async () => {
  await engine.submissions.submit(withPublication("{ parts: [projects, judgements], indicators: ['03'] }"));
  expect(await publication()).toEqual({ parts: ['judgements', 'projects'], indicators: ['03'] });
  await engine.submissions.submit(withPublication('{ parts: [] }'));
  expect(await publication()).toEqual({ parts: [] });
});

it('a folder without it says nothing', async () => {
  await engine.submissions.submit(smallPlan());
  expect(await publication()).toBeUndefined();
});

it.each([
  ['{ parts: [judgements, counties] }', 'parts'],
  ['{ indicators: all, parts: [] }', 'indicators'],
  ['{}', 'parts'],
  ['{ parts: [], persons: true }', 'persons'],
])('%s is refused with its place', async (text, field) => {
  await expect(engine.submissions.submit(withPublication(text))).rejects.toMatchObject({
    problems: [{ file: 'plan.yaml', row: expect.any(Number) as number, field }],
  });
});
