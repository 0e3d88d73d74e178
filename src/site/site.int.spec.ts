import { unzipSync, strFromU8 } from 'fflate';
import { lishui } from '../../test/support/seeds.js';
import { asOperator } from '../../test/support/operator.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let server: TestServer;
const evaluation = `/api/plans/${lishui}/evaluations/midterm-2022`;
beforeAll(async () => {
  server = await startTestServer();
  await server.post(evaluation, { kind: 'midterm', period: '2022' });
  await server.post(`${evaluation}/snapshots`, { asOf: '2023-06-30' });
}, 120_000);
afterAll(() => server.close());
const get = (address: string) => fetch(`${server.url}${address}`, { headers: asOperator });

it('writes', async () => {
  const no = await get(`${evaluation}/snapshots/1/site.zip`);
  console.log(no.status, await no.text());
  const first = await server.post(`${evaluation}/publication`, { snapshot: 1 });
  console.log(first.status, first.text.slice(0, 600));
  const ids = ((first.body.problems as { id: string }[]) ?? []).map(({ id }) => id);
  const again = await server.post(`${evaluation}/publication`, { snapshot: 1, acceptWarnings: ids });
  console.log(again.status, again.text.slice(0, 600));
  await server.engine.caughtUp();
  const began = performance.now();
  const zip = await get(`${evaluation}/snapshots/1/site.zip`);
  const bytes = Buffer.from(await zip.arrayBuffer());
  console.log(zip.status, zip.status === 200 ? '' : bytes.toString(), performance.now() - began);
  for (const [name, b] of Object.entries(unzipSync(bytes))) {
    const to = join('/tmp/site-out', name);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, b);
    console.log(name, b.length, strFromU8(b).length);
  }
}, 120_000);
