import { Package } from 'datapackage';
import { strFromU8, unzipSync } from 'fflate';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fetchAsOperator } from '../../test/support/operator.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { temporaryFolder, type TemporaryFolder } from '../../test/temporary-folder.js';
import { sha256 } from '../kernel/json.js';
import type { OverviewNow } from '../overview/overview-later.js';

let server: TestServer;
let folder: TemporaryFolder;
beforeAll(async () => {
  [server, folder] = await Promise.all([startTestServer(), temporaryFolder()]);
}, 120_000);
afterAll(() => Promise.all([server.close(), folder.remove()]));

interface Resource {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly hash: string;
  readonly schema: {
    readonly foreignKeys?: readonly { readonly fields: object; readonly reference: { readonly resource?: string } }[];
  };
}
interface Descriptor {
  readonly $schema: string;
  readonly tongjian: Readonly<Record<string, unknown>>;
  readonly licenses?: object;
  readonly resources: readonly Resource[];
}

async function archive(query: string): Promise<Buffer> {
  const response = await fetchAsOperator(`${server.url}${server.plan}/interchange/data-package?${query}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(bytes.toString());
  return bytes;
}

async function opened(query: string) {
  const entries = Object.entries(unzipSync(await archive(query)));
  const files = new Map(entries.map(([name, text]) => [name, strFromU8(text)]));
  return { files, descriptor: JSON.parse(files.get('datapackage.json')!) as Descriptor };
}

/**
 * The validator knows version 1: there a table says that it is one by its profile, a key of the table itself names the
 * empty text, and dialects have a fixed form. All else is checked as it is.
 */
const asVersion1 = ({ resources, ...rest }: Descriptor): object => ({
  ...rest,
  profile: 'data-package',
  resources: resources.map((resource) => ({
    ...resource,
    profile: 'tabular-data-resource',
    schema: {
      ...resource.schema,
      ...(resource.schema.foreignKeys && {
        foreignKeys: resource.schema.foreignKeys.map(({ fields, reference }) => ({
          fields,
          reference: { ...reference, resource: reference.resource ?? '' },
        })),
      }),
    },
  })),
});

it('is valid: its descriptor, every cell, every key, and every reference', async () => {
  const { files, descriptor } = await opened('asOf=2023-06-30&period=2022&license=CC-BY-4.0');
  for (const [name, text] of files) {
    await mkdir(dirname(folder.path(name)), { recursive: true });
    await writeFile(folder.path(name), text);
  }
  const read = await Package.load(asVersion1(descriptor), { basePath: folder.path(), strict: true });
  expect([read.valid, read.errors]).toEqual([true, []]);
  const rows = new Map<string, readonly Record<string, unknown>[]>();
  for (const table of read.resources) rows.set(table.name, await table.read({ keyed: true, relations: true }));
  expect([...rows.keys()]).toEqual([
    ...['areas', 'units', 'indicators', 'figures', 'targets', 'projects', 'policies', 'tasks', 'promises'],
    ...['verdicts', 'index'],
  ]);
  for (const [name, own] of rows) expect([name, own.length > 0]).toEqual([name, true]);
  expect(rows.get('promises')).toHaveLength(62);
  expect(descriptor.licenses).toEqual([{ name: 'CC-BY-4.0' }]);

  // The verdicts are those of the overview.
  const { body } = await server.get<OverviewNow>(`${server.plan}/overview?period=2022&asOf=2023-06-30`);
  const codeOf = (row: unknown) => (row as { readonly code: string }).code;
  expect(rows.get('verdicts')!.map(({ indicator, unit, status }) => [codeOf(indicator), codeOf(unit), status])).toEqual(
    body.indicators.flatMap(({ code, cells }) => cells.map(({ unit, assessment }) => [code, unit, assessment.status])),
  );
});

it('states the profile of version 2, and of every table its size and its hash', async () => {
  const { files, descriptor } = await opened('asOf=2023-06-30');
  expect(descriptor.$schema).toBe('https://datapackage.org/profiles/2.0/datapackage.json');
  expect(descriptor.resources.map(({ path }) => path)).toEqual([...files.keys()].slice(1));
  for (const { path, bytes, hash } of descriptor.resources) {
    const text = files.get(path)!;
    expect([path, bytes, hash]).toEqual([path, Buffer.byteLength(text), `sha256:${sha256(text)}`]);
  }
});

it('of one moment is the same, byte by byte, whatever comes later', async () => {
  const { body } = await server.get<{ head: string }>('/api/status');
  const position = body.head;
  const query = `asOf=2023-06-30&atPosition=${position}&period=2022`;
  const before = await archive(query);
  await server.engine.submissions.submit(smallPlan());
  await server.engine.caughtUp();
  expect((await archive(query)).equals(before)).toBe(true);
  const { descriptor } = await opened(query);
  expect(descriptor.tongjian).toMatchObject({ period: '2022', asOf: '2023-06-30T15:59:59.999Z', position, demo: true });
});

it('of a snapshot has its moment, its hash, and the verdicts that it froze', async () => {
  const evaluations = `${server.plan}/evaluations`;
  await server.post(`${evaluations}/midterm-x`, { kind: 'midterm', period: '2022' });
  const taken = await server.post(`${evaluations}/midterm-x/snapshots`, { asOf: '2023-06-30' });
  expect(taken.status).toBe(200);
  await server.engine.caughtUp();
  const { body } = await server.get<{ snapshots: { contentHash: string; position: string }[] }>(
    `${evaluations}/midterm-x`,
  );
  const [{ contentHash, position }] = body.snapshots as [{ contentHash: string; position: string }];
  const { descriptor } = await opened('snapshot=midterm-x/1');
  expect(descriptor.tongjian).toMatchObject({
    ...{ period: '2022', position, asOf: '2023-06-30T15:59:59.999Z' },
    snapshot: { name: 'midterm-x/1', contentHash },
  });
  const refused = await server.get<{ code: string }>(
    `${server.plan}/interchange/data-package?snapshot=midterm-x/1&asOf=2023-06-30`,
  );
  expect(refused.body.code).toBe('interchange.combination');
});
