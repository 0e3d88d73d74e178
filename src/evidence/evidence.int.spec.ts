import { chmodSync, writeFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { signUp, type SignedUp } from '../../test/support/people.js';
import { lishui } from '../../test/support/seeds.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import { temporaryFolder, type TemporaryFolder } from '../../test/temporary-folder.js';
import { evidenceTypeOf } from './file-type.js';
import { scannerOf } from './scanner.js';
import type { KeptEvidence } from './evidence.controller.js';

let server: TestServer;
let [clerk, other, reviewer]: SignedUp[] = [];
beforeAll(async () => {
  server = await startTestServer({ demo: false });
  const at = (unit: string, role: 'reporter' | 'reviewer') => [{ role, plan: lishui, unit }];
  clerk = await signUp(server, '莲都填报员', at('331102', 'reporter'));
  other = await signUp(server, '青田填报员', at('331121', 'reporter'));
  reviewer = await signUp(server, '市局审核员', at('331100', 'reviewer'));
});
afterAll(() => server.close());

const pdf = Buffer.from('%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n');
const keep = async (bytes: Buffer, unit: string, { headers }: SignedUp) => {
  const query = new URLSearchParams({ unit, title: '2023 年核查记录' }).toString();
  const response = await fetch(`${server.url}${server.plan}/evidence?${query}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  const body = (await response.json()) as KeptEvidence & { code?: string };
  return { status: response.status, body, position: response.headers.get('tongjian-position') };
};
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
