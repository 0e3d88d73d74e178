import { chmodSync, writeFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import type { RoleName } from '../access/roles.js';
import type { FigureAnswer } from '../figures/figure-status.js';
import type { CommandAnswer, ProblemDetails } from '../http/api-models.js';
import { keepFile, pdfOf } from '../../test/support/evidence.js';
import { signUp, type SignedUp } from '../../test/support/people.js';
import { lishui } from '../../test/support/seeds.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import { temporaryFolder, type TemporaryFolder } from '../../test/temporary-folder.js';
import { evidenceTypeOf } from './file-type.js';
import { scannerOf } from './scanner.js';

let server: TestServer;
let [clerk, other, reviewer]: SignedUp[] = [];
beforeAll(async () => {
  server = await startTestServer({ demo: false });
  [clerk, other, reviewer] = [
    await person('莲都填报员', 'reporter', '331102'),
    await person('青田填报员', 'reporter', '331121'),
    await person('市局审核员', 'reviewer', '331100'),
  ];
});
afterAll(() => server.close());

const person = (name: string, role: RoleName, unit?: string, more: Record<string, unknown> = {}) =>
  signUp(server, name, [{ role, plan: lishui, ...(unit !== undefined && { unit }), ...more }]);

const pdf = pdfOf();
const keep = (bytes: Buffer, unit: string, { headers }: SignedUp) => keepFile(server, bytes, unit, headers);
const download = (sha256: string, { headers }: SignedUp, position: string) =>
  fetch(`${server.url}${server.plan}/evidence/${sha256}`, { headers: { ...headers, 'tongjian-position': position } });

it('is kept once, and downloaded by those who see the values of its unit', async () => {
  const { status, body, position } = await keep(pdf, '331102', clerk!);
  expect([status, body.type, body.size]).toEqual([200, 'pdf', pdf.length]);
  const got = await download(body.sha256, reviewer!, position!);
  expect(Buffer.from(await got.arrayBuffer())).toEqual(pdf);
  expect(got.headers.get('content-type')).toBe('application/pdf');
  expect(got.headers.get('x-content-type-options')).toBe('nosniff');
  expect(got.headers.get('content-disposition')).toMatch(
    /^attachment; filename="[0-9a-f]{12}\.pdf"; filename\*=UTF-8''2023/,
  );
  expect((await download(body.sha256, other!, position!)).status).toBe(404);

  const head = await server.engine.log.head();
  expect((await keep(pdf, '331102', clerk!)).status).toBe(200);
  expect(await server.engine.log.head()).toBe(head);
});

it('is refused for another unit, and where it is of no kind that is kept', async () => {
  const head = await server.engine.log.head();
  expect(await keep(pdf, '331121', clerk!)).toMatchObject({ status: 404, body: { code: 'access.unknown' } });
  expect(await keep(pdf, '331102', reviewer!)).toMatchObject({ status: 403, body: { code: 'access.no-right' } });
  for (const bytes of [Buffer.from('<html></html>'), Buffer.from('MZ\u0090\u0000'), Buffer.from('PK\u0003\u0004')]) {
    expect(await keep(bytes, '331102', clerk!)).toMatchObject({ status: 400, body: { code: 'evidence.type' } });
  }
  expect(await keep(Buffer.alloc(0), '331102', clerk!)).toMatchObject({
    status: 400,
    body: { code: 'evidence.empty' },
  });
  const large = Buffer.concat([pdf, Buffer.alloc(21 * 2 ** 20)]);
  expect(await keep(large, '331102', clerk!)).toMatchObject({ status: 413, body: { code: 'request.too-large' } });
  expect(await server.engine.log.head()).toBe(head);
});

it('is kept by whoever has to name one: also correctors, backfillers and plan managers, each over their units', async () => {
  const keepers = [
    await person('莲都更正员', 'corrector', '331102'),
    await person('莲都补录员', 'backfill', '331102'),
    await person('规划管理员', 'plan-manager'),
  ];
  for (const keeper of keepers) expect((await keep(pdf, '331102', keeper)).status).toBe(200);
  expect((await keep(pdf, '331121', keepers[0]!)).body.code).toBe('access.unknown');
  const leader = await person('分管领导', 'leader');
  expect((await keep(pdf, '331102', leader)).body.code).toBe('access.no-right');
});

describe('a file that supports a value', () => {
  const figure = (unit: string, period: string) => `${server.plan}/figures/03/${unit}/${period}`;
  const post = async (path: string, body: object, { headers }: SignedUp) => {
    const answer = await server.post<CommandAnswer & ProblemDetails>(path, body, headers);
    return [answer.status, answer.body.code, answer.headers.get('tongjian-position')] as const;
  };
  const done = async (path: string, body: object, who: SignedUp) => {
    const [status, code, position] = await post(path, body, who);
    expect([status, code]).toEqual([200, undefined]);
    return position!;
  };
  let [corrector, leader]: SignedUp[] = [];
  beforeAll(async () => {
    corrector = await person('更正员', 'corrector', '331102');
    leader = await person('青田领导', 'leader', '331121');
  });
  const statuses = async (sha256: string, position: string, ...who: SignedUp[]) => {
    const answers = await Promise.all(who.map((each) => download(sha256, each, position)));
    return answers.map(({ status }) => status);
  };
  const by = (sha256: string) => ({ evidence: [{ title: '核查记录', sha256 }] });

  it('is needed to correct what is locked: a title does not do, nor a file of another unit', async () => {
    const path = figure('331102', '2022');
    await done(`${path}/measurement`, { value: '5' }, clerk!);
    await done(`${path}/approval`, {}, reviewer!);
    const change = { value: '6', reason: '复核' };
    const correct = (more: object) => post(`${path}/corrections`, { ...change, ...more }, corrector!);
    expect(await correct({})).toMatchObject({ 0: 400, 1: 'figure.evidence-needed' });
    expect(await correct({ evidence: [{ title: '核查记录' }] })).toMatchObject({
      0: 400,
      1: 'figure.evidence-not-kept',
    });
    const elsewhere = await keep(pdfOf('青田'), '331121', other!);
    expect(await correct(by(elsewhere.body.sha256))).toMatchObject({ 0: 400, 1: 'figure.evidence-not-kept' });
    const manager = await person('市规划管理员', 'plan-manager');
    const above = await keep(pdfOf('市'), '331100', manager);
    expect(await correct(by(above.body.sha256))).toMatchObject({ 0: 200 });
  });

  it('is downloaded by whoever sees the value: of an approved one everybody, of a waiting one its unit', async () => {
    const path = figure('331102', '2023');
    const [first, second] = [await keep(pdfOf('一'), '331102', clerk!), await keep(pdfOf('二'), '331102', corrector!)];
    const [one, two] = [first.body.sha256, second.body.sha256];
    const reported = await done(`${path}/measurement`, { value: '5', ...by(one) }, clerk!);
    expect(await statuses(one, reported, clerk!, reviewer!, other!, leader!)).toEqual([200, 200, 404, 404]);
    const approved = await done(`${path}/approval`, {}, reviewer!);
    expect(await statuses(one, approved, clerk!, reviewer!, other!, leader!)).toEqual([200, 200, 200, 200]);

    // While the correction waits, the approved value stays in use, with its file.
    const corrected = await done(`${path}/corrections`, { value: '6', reason: '复核', ...by(two) }, corrector!);
    expect(await statuses(one, corrected, clerk!, other!, leader!)).toEqual([200, 200, 200]);
    expect(await statuses(two, corrected, clerk!, other!, leader!)).toEqual([200, 404, 404]);
    const returned = await done(`${path}/return`, { reason: '再核' }, reviewer!);
    expect(await statuses(two, returned, clerk!, other!)).toEqual([200, 404]);

    await done(`${path}/corrections`, { value: '7', reason: '复核', ...by(two) }, corrector!);
    const replaced = await done(`${path}/approval`, {}, reviewer!);
    expect(await statuses(two, replaced, clerk!, other!, leader!)).toEqual([200, 200, 200]);
    expect(await statuses(one, replaced, clerk!, other!, leader!)).toEqual([200, 404, 404]);
  });

  it('is seen with a waiting value of a unit below the one for which it is kept', async () => {
    const manager = await person('市级规划管理员', 'plan-manager');
    const { body } = await keep(pdfOf('全市'), '331100', manager);
    const position = await done(`${figure('331121', '2023')}/measurement`, { value: '5', ...by(body.sha256) }, other!);
    expect(await statuses(body.sha256, position, other!, clerk!, leader!)).toEqual([200, 404, 404]);
  });

  it('is not got by naming its hash for a unit for which it is not kept', async () => {
    const { body, position } = await keep(pdfOf('莲都内部'), '331102', clerk!);
    const named = await done(`${figure('331121', '2024')}/measurement`, { value: '5', ...by(body.sha256) }, other!);
    await done(`${figure('331121', '2024')}/approval`, {}, reviewer!);
    expect(await statuses(body.sha256, named, other!, leader!)).toEqual([404, 404]);
    expect(await statuses(body.sha256, position!, clerk!)).toEqual([200]);
  });

  it('is downloaded by external evaluators as of their last moment', async () => {
    const path = figure('331102', '2024');
    const invited = { until: '2099-12-31', evaluations: ['E1'] };
    const early = await person('第三方甲', 'external-evaluator', undefined, { ...invited, moment: '2024-12-31' });
    const { body } = await keep(pdfOf('三'), '331102', clerk!);
    await done(`${path}/measurement`, { value: '5', ...by(body.sha256) }, clerk!);
    const approved = await done(`${path}/approval`, {}, reviewer!);
    const { knownAt } = (await server.get<FigureAnswer>(path, { 'tongjian-position': approved })).body.approval!;
    const late = await person('第三方乙', 'external-evaluator', undefined, { ...invited, moment: knownAt });
    const before = new Date(Date.parse(knownAt) - 1).toISOString();
    const between = await person('第三方丙', 'external-evaluator', undefined, { ...invited, moment: before });
    expect(await statuses(body.sha256, approved, late, between, early)).toEqual([200, 404, 404]);
  });
});

it('is told by its content', async () => {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('表').addRow([1]);
  expect(evidenceTypeOf(Buffer.from(await workbook.xlsx.writeBuffer()))).toBe('xlsx');
  expect(evidenceTypeOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toBe('jpeg');
  expect(evidenceTypeOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toBe('png');
});

describe('the scanner', () => {
  let folder: TemporaryFolder;
  beforeAll(async () => void (folder = await temporaryFolder()));
  afterAll(() => folder.remove());

  /** A program that ends with 1 for a file that contains the word. */
  const program = (): string => {
    const path = folder.path('scan');
    writeFileSync(path, '#!/bin/sh\nif grep -q infected; then exit 1; fi\nexit 0\n');
    chmodSync(path, 0o755);
    return path;
  };

  it('lets a clean file pass, and refuses an infected one', async () => {
    const scan = scannerOf(program());
    await expect(scan(pdf)).resolves.toBeUndefined();
    await expect(scan(Buffer.from('infected'))).rejects.toMatchObject({ code: 'evidence.infected' });
  });

  it('that gives no result keeps nothing', async () => {
    await expect(scannerOf('/no/such/program')(pdf)).rejects.toMatchObject({ code: 'evidence.scan-failed' });
  });
});
