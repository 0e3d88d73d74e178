import type { Engine } from '../../src/engine.js';
import { openEmbedded } from '../../src/engine.js';
import { isMeasured } from '../../src/assessment/measured.js';
import { composeOverview } from '../../src/overview/overview.js';
import { OpenEvaluation, TakeSnapshot } from '../../src/evaluations/evaluation.commands.js';
import { evaluationProjection } from '../../src/evaluations/evaluation.projection.js';
import { readContent, verify } from '../../src/evaluations/snapshot.js';
import { figureProjection } from '../../src/figures/figure.projection.js';
import { indicatorProjection } from '../../src/indicators/indicator.projection.js';
import { make } from '../support/decider-spec.js';
import { send } from '../support/engine.js';
import { MovingClock } from '../support/moving-clock.js';
import { smallPlan } from '../support/small-plan.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';

const indicators = Number(process.env.INDICATORS ?? 10_000);

/** The small plan with `indicators` indicators. The county reports every tenth of them. */
function largePlan() {
  const small = smallPlan();
  const codes = Array.from({ length: indicators }, (_, at) => `K${String(at + 1).padStart(5, '0')}`);
  const [first = ''] = String(small['indicators.yaml']).split(/\n(?=- )/);
  const [head = ''] = String(small['history.csv']).split('\n');
  return {
    codes,
    files: {
      ...small,
      'indicators.yaml':
        codes.map((code) => first.trimEnd().replace("'03'", code).replace('康养联合体数', `指标${code}`)).join('\n') +
        '\n',
      'targets.csv': ['indicator,unit,period,value,line', ...codes.map((code) => `${code},331100,2025,100,`)].join(
        '\n',
      ),
      'history.csv': [
        head,
        ...codes
          .filter((_, at) => at % 10 === 0)
          .map((code, at) => `2023-03-01,reporter-1,上报,${code},331102,2022,${at % 200},,,,,2022 年名录,,,,`),
      ].join('\n'),
    },
  };
}

describe(`a plan of ${indicators} indicators`, () => {
  let folder: TemporaryFolder;
  let engine: Engine;
  const { codes, files } = largePlan();

  beforeAll(async () => {
    folder = await temporaryFolder();
    engine = openEmbedded(folder.path(), new MovingClock());
    await engine.start();
    await engine.submissions.submit(files);
    await engine.caughtUp(600_000);
  }, 600_000);
  afterAll(async () => {
    await engine.close();
    await folder.remove();
  });

  it('is loaded completely', async () => {
    expect((await engine.views.list(indicatorProjection, 'small/')).map(({ body }) => body.code)).toEqual(codes);
    expect(await engine.views.list(figureProjection, 'small/')).toHaveLength(Math.ceil(indicators / 10));
  });

  it('has an overview of all indicators, each with its own figure', async () => {
    const { indicators: rows, indexes } = await composeOverview(engine.views, 'small', '2022');
    expect(rows.map(({ code }) => code)).toEqual(codes);
    const values = rows.map(({ cells }) => {
      const { value } = cells.find(({ unit }) => unit === '331100')!;
      return isMeasured(value) ? value.exact : undefined;
    });
    expect(values).toEqual(codes.map((_, at) => (at % 10 === 0 ? String((at / 10) % 200) : undefined)));
    expect(indexes[0]).toMatchObject({ unit: '331100' });
  }, 600_000);

  it('has a complete snapshot that can be reproduced from the log', async () => {
    await send(engine, make(OpenEvaluation, { plan: 'small', id: 'e1', kind: 'midterm', period: '2022' }));
    await engine.caughtUp();
    await send(engine, make(TakeSnapshot, { plan: 'small', id: 'e1' }));
    await engine.caughtUp();
    const [entry] = (await engine.views.get(evaluationProjection, 'small/e1'))!.body.snapshots;
    const { overview, title } = await readContent(engine.files, entry!.contentHash);
    expect(overview.indicators).toHaveLength(indicators);
    const { log, files: contents, projections } = engine;
    const scratch = engine.scratch();
    const subject = { plan: 'small', kind: 'midterm' as const, title, period: '2022', asOf: entry!.asOf };
    expect(await verify({ log, files: contents, scratch, projections }, subject, entry!)).toMatchObject({
      stored: 'intact',
      reproduced: true,
    });
    await scratch.close();
  }, 600_000);
});
