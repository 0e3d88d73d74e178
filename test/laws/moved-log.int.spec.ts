import type { Engine } from '../../src/engine.js';
import { OpenEvaluation, TakeSnapshot } from '../../src/evaluations/evaluation.commands.js';
import type { EvaluationDocument } from '../../src/evaluations/evaluation.projection.js';
import type { Verification } from '../../src/evaluations/snapshot.js';
import { CorrectMeasurement } from '../../src/figures/figure.commands.js';
import { comparePositions } from '../../src/kernel/position.js';
import { copyLog } from '../../src/kernel/log-copy.js';
import { createServer, type HttpServer } from '../../src/server.js';
import { make } from '../support/decider-spec.js';
import { lishuiEngine, memoryEngine, send } from '../support/engine.js';
import { lishui } from '../support/seeds.js';
import { SpacedEventLog } from '../support/spaced-log.js';
import { fetchAsOperator, operatorKey } from '../support/operator.js';

const plan = lishui;
const id = 'midterm-2022';
const days = ['2023-06-30', '2023-06-30T15:59:59.998Z', '2023-08-31', undefined];

interface Running {
  readonly engine: Engine;
  readonly server: HttpServer;
  readonly url: string;
}
let old: Running;
let moved: Running;

async function serve(engine: Engine): Promise<Running> {
  const server = await createServer(engine, { operatorKey });
  return { engine, server, url: await server.listen(0, '127.0.0.1') };
}

/** Appends a correction after a snapshot whose known time is within the snapshot's. Only its position excludes it. */
async function correct(engine: Engine, numerator: string): Promise<void> {
  const figure = { plan, code: '02', unit: '331102', period: '2022', numerator, denominator: '3891', reason: '复核' };
  await send(engine, make(CorrectMeasurement, figure));
}

beforeAll(async () => {
  old = await serve(await lishuiEngine());
  const { engine } = old;
  await send(engine, make(OpenEvaluation, { plan, id, kind: 'midterm', period: '2022' }));
  for (const [index, asOf] of days.entries()) {
    await send(engine, make(TakeSnapshot, { plan, id, asOf }));
    await correct(engine, String(2100 + index));
  }
  await engine.caughtUp();

  const log = new SpacedEventLog();
  const { source, target } = await copyLog(engine.log, log);
  expect(target).toEqual(source);
  const { files, clock } = engine;
  moved = await serve(memoryEngine({ log, files, clock }));
  await moved.engine.start();
  await moved.engine.caughtUp();
});
afterAll(async () => {
  for (const { server, engine } of [old, moved]) {
    await server.close();
    await engine.close();
  }
});

async function ask<Answer>({ url }: Running, path: string, method = 'GET'): Promise<Answer> {
  const response = await fetchAsOperator(`${url}/api/plans/${plan}${path}`, { method });
  expect(response.status).toBe(200);
  const isJson = response.headers.get('content-type')!.startsWith('application/json');
  return (await (isJson ? response.json() : response.text())) as Answer;
}

/** Removes log positions, which are the only allowed difference. */
const withoutPositions = (answer: unknown): string =>
  JSON.stringify(answer)
    .replace(/"(position|atPosition)":"\d+"/g, '"$1":""')
    .replace(/系统记录序号\s*\d+|日志位置\s*\d+|重算到日志位置\\n\s*\d+/g, '日志位置');

it('the copied log has other positions', async () => {
  const [here, there] = [await old.engine.log.head(), await moved.engine.log.head()];
  expect(comparePositions(there!, here!)).toBeGreaterThan(0);
});

it.each(days.map((_, index) => index + 1))('reproduces snapshot %i from the copied log', async (number) => {
  const path = `/evaluations/${id}/snapshots/${number}/verification`;
  const [here, there] = [await ask<Verification>(old, path, 'POST'), await ask<Verification>(moved, path, 'POST')];
  expect(there).toMatchObject({ reproduced: true, stored: 'intact' });
  expect(there).toEqual(here);
});

it('reports the cut-off position of each snapshot in the copied log', async () => {
  const { snapshots } = await ask<EvaluationDocument>(moved, `/evaluations/${id}`);
  expect(snapshots).toHaveLength(days.length);
  for (const { position, lastEvent } of snapshots) {
    const { stream, revision } = lastEvent!;
    const [event] = await moved.engine.log.readStream(stream, { from: revision, limit: 1 });
    expect(position).toBe(event!.position);
  }
  expect((await ask<EvaluationDocument[]>(moved, '/evaluations'))[0]!.snapshots).toEqual(snapshots);
});

it.each([
  '/overview',
  '/overview?period=2022&asOf=2023-06-30',
  '/evaluations',
  `/evaluations/${id}`,
  `/evaluations/${id}/snapshots/1`,
  `/evaluations/${id}/snapshots/1/report.html`,
  '/comparison?left=midterm-2022/1&right=now',
  '/comparison?left=midterm-2022/1&right=midterm-2022/3',
  '/comparison?left=midterm-2022/3&right=midterm-2022/4',
  '/index/change?from=2023-06-30',
  '/indicators/02/trail?limit=500',
])('answers %s like the original', async (path) => {
  expect(withoutPositions(await ask(moved, path))).toBe(withoutPositions(await ask(old, path)));
});

it('explains differences between snapshots by their events', async () => {
  const { differences } = await ask<{ differences: { because: unknown[] }[] }>(
    moved,
    '/comparison?left=midterm-2022/1&right=now',
  );
  expect(differences.filter(({ because }) => because.length > 0).length).toBeGreaterThan(3);
});
