import { createInstallation, type Installation } from '../../test/support/house.js';
import { serve, startTestServer, type TestServer } from '../../test/support/server.js';
import type { EvaluationDocument } from '../evaluations/evaluation.projection.js';
import type { OverviewNow } from '../overview/overview-later.js';
import type { PlanFolders } from './plan-folders.js';

let here: TestServer;
let elsewhere: TestServer;
let installation: Installation;
beforeAll(async () => {
  [here, installation] = await Promise.all([startTestServer(), createInstallation()]);
  elsewhere = await serve(installation.data);
}, 120_000);
afterAll(async () => {
  await Promise.all([here.close(), elsewhere.close()]);
  await installation.remove();
});

const foldersOf = async (server: TestServer) =>
  (await server.get<PlanFolders>(`${server.plan}/interchange/folders`)).body;

async function snapshotHash(server: TestServer): Promise<string> {
  const evaluation = `${server.plan}/evaluations/midterm-2022`;
  await server.post(evaluation, { kind: 'midterm', period: '2022' });
  expect((await server.post(`${evaluation}/snapshots`, { asOf: '2023-06-30' })).status).toBe(200);
  await server.engine.caughtUp();
  return (await server.get<EvaluationDocument>(evaluation)).body.snapshots[0]!.contentHash;
}

it('folders that are loaded elsewhere give the same verdicts, and a snapshot of the same hash', async () => {
  const { folders, entered } = await foldersOf(here);
  expect([folders.length, entered]).toEqual([2, {}]);
  for (const { files, acceptedWarnings } of folders) {
    const { status, text } = await elsewhere.post('/api/submissions', { files, acceptWarnings: acceptedWarnings });
    expect([status, text]).toEqual([200, text]);
  }
  await elsewhere.engine.caughtUp();
  for (const moment of ['period=2022&asOf=2023-06-30', 'period=2021&asOf=2022-08-31', 'period=2024&asOf=2025-06-30']) {
    const [one, other] = await Promise.all(
      [here, elsewhere].map(async (server) => {
        const { body } = await server.get<OverviewNow>(`${server.plan}/overview?${moment}`);
        return { indicators: body.indicators, indexes: body.indexes, programme: body.programme };
      }),
    );
    expect(other).toEqual(one);
  }
  expect(await snapshotHash(elsewhere)).toBe(await snapshotHash(here));
});

it('what is in no folder is counted by its type', async () => {
  const { entered } = await foldersOf(here);
  expect(entered).toMatchObject({ EvaluationOpened: 1, SnapshotTaken: 1 });
});
