import { lishui } from '../../test/support/seeds.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import { asOperator } from '../../test/support/operator.js';
import type { ReconciledReport } from './reports.controller.js';

let server: TestServer;
const snapshot = `/api/plans/${lishui}/evaluations/midterm-2022/snapshots/1`;

beforeAll(async () => {
  server = await startTestServer();
  const evaluation = `${server.plan}/evaluations/midterm-2022`;
  await server.post(evaluation, { kind: 'midterm', period: '2022' });
  await server.post(`${evaluation}/snapshots`, { asOf: '2023-06-30' });
}, 120_000);
afterAll(() => server.close());

const send = (address: string, file: Uint8Array) =>
  fetch(`${server.url}${address}`, {
    method: 'POST',
    body: new Uint8Array(file),
    headers: { ...asOperator, 'content-type': 'application/octet-stream' },
  });
const get = (address: string) => fetch(`${server.url}${address}`, { headers: asOperator });
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

it('a Word report is written over HTTP, in the default template or in one that is sent, and reconciled', async () => {
  const answer = await get(`${snapshot}/report.docx?issuer=丽水市民政局&date=2023-07-10`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="report.docx"; filename\*=UTF-8''/);
  const template = await bytesOf(await get(`/api/plans/${lishui}/report-template.docx`));
  for (const file of [await bytesOf(answer), await bytesOf(await send(`${snapshot}/report.docx`, template))]) {
    const reconciled = await send(`/api/plans/${lishui}/reports/reconcile`, file);
    expect(reconciled.status).toBe(200);
    const found = (await reconciled.json()) as ReconciledReport;
    expect(found).toMatchObject({ evaluation: 'midterm-2022', snapshot: 1, deviations: [] });
    expect(found.checked).toBeGreaterThan(2000);
  }
}, 120_000);

it.each([
  ['a date that the calendar does not have', () => get(`${snapshot}/report.docx?date=2023-02-30`), 'input.invalid'],
  ['no template', () => send(`${snapshot}/report.docx`, new Uint8Array()), 'report-template.empty'],
  [
    'a template that is no Word file',
    () => send(`${snapshot}/report.docx`, Buffer.from('a')),
    'report-template.not-word',
  ],
  ['no report', () => send(`/api/plans/${lishui}/reports/reconcile`, new Uint8Array()), 'report-file.empty'],
  [
    'a report that is no Word file',
    () => send(`/api/plans/${lishui}/reports/reconcile`, Buffer.from('a')),
    'report-file.not-word',
  ],
  [
    'a Word file that names no snapshot',
    async () =>
      send(
        `/api/plans/${lishui}/reports/reconcile`,
        await bytesOf(await get(`/api/plans/${lishui}/report-template.docx`)),
      ),
    'report-file.no-origin',
  ],
])('%s is refused with its own code', async (_, ask, code) => {
  const answer = await ask();
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code });
});
