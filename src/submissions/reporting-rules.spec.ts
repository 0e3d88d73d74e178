import { memoryEngine } from '../../test/support/engine.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import { figureKey, figureProjection } from '../figures/figure.projection.js';
import { planProjection } from '../plans/plan.projection.js';

const withRules = (rules: string) => smallPlan(['plan.yaml', 'areas:', `reporting: ${rules}\nareas:`]);

let engine: Engine;
beforeEach(async () => {
  engine = memoryEngine({ clock: new MovingClock('2024-05-01T00:00:00.000Z') });
  await engine.start();
});
afterEach(() => engine.close());

const reporting = async () => {
  await engine.caughtUp();
  return (await engine.views.get(planProjection, 'small'))!.body.reporting;
};
const figureOf = async (period: string) => {
  await engine.caughtUp();
  return (await engine.views.get(figureProjection, figureKey({ plan: 'small', code: '03', unit: '331102', period })))!
    .body;
};

it('a folder names the rules of reporting, and its approvals are those of the level that is due', async () => {
  const row = '2022-03-15,reviewer-1,审核,03,331102,2021,,,,,,,,,,\n';
  const files = withRules('{ approval: [county, city] }');
  await engine.submissions.submit({ ...files, 'history.csv': files['history.csv']! + row });
  expect(await reporting()).toEqual({ approval: ['county', 'city'], unapproved: 'marked', visibility: 'plan' });
  expect(await figureOf('2021')).toMatchObject({
    standing: 'approved',
    approvals: [{ level: 'county' }, { level: 'city' }],
  });
});

it('a changed folder changes them from the day that it names', async () => {
  await engine.submissions.submit(withRules('{ approval: [city] }'));
  await expect(engine.submissions.submit(withRules('{ approval: [] }'))).rejects.toMatchObject({
    problems: [{ code: 'reporting-rules.backdated' }],
  });
  await engine.submissions.submit(withRules("{ approval: [], knownAt: '2024-05-01' }"));
  expect(await reporting()).toMatchObject({ approval: [] });
  // What was approved under the former rules stays so.
  expect(await figureOf('2021')).toMatchObject({ standing: 'approved', approvals: [{ level: 'city' }] });
});

it('a plan without levels uses what is reported at once', async () => {
  await engine.submissions.submit(withRules('{ approval: [] }'));
  expect(await figureOf('2022')).toMatchObject({ standing: 'approved', byRule: true, changesSinceApproval: 0 });
});

it('the rows of a folder are imports, with the ids that they always had', async () => {
  await engine.submissions.submit(smallPlan());
  const [report] = await engine.log.readStream('figure-small.03.331102.2021');
  expect(report!.metadata).toMatchObject({
    actor: { id: 'reporter-1', means: 'import' },
    // As in the recorded events of test/samples/events.
    commandId: 'load-74f1de1be2cb012fad8166e91dfb75ab',
  });
});
