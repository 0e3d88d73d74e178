import { strFromU8, unzipSync } from 'fflate';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { asOperator } from '../../test/support/operator.js';
import { lishui } from '../../test/support/seeds.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import type { EvaluationDocument } from '../evaluations/evaluation.projection.js';
import { readContent, type SnapshotContent } from '../evaluations/snapshot.js';
import { sha256 } from '../kernel/json.js';
import { isMeasured } from '../assessment/measured.js';
import { publicParts } from '../plans/publication.js';

let server: TestServer;
let content: SnapshotContent;
let contentHash: string;
const evaluation = `/api/plans/${lishui}/evaluations/midterm-2022`;
const address = `${evaluation}/snapshots/1/site.zip`;

beforeAll(async () => {
  server = await startTestServer();
  await server.post(evaluation, { kind: 'midterm', period: '2022' });
  await server.post(`${evaluation}/snapshots`, { asOf: '2023-06-30' });
  await server.post(`${evaluation}/findings`, { severity: 'high', subject: '07', text: '示例问题：人才不足' });
  const concluded = { scale: 'five', step: 'nearly' };
  await server.post(`${evaluation}/conclusions`, { ...concluded, item: 'plan', ground: '总的看基本符合' });
  await server.post(`${evaluation}/conclusions`, { ...concluded, item: 'indicator/05/331102', ground: '莲都办件偏少' });
  await server.engine.caughtUp();
  const { body } = await server.get<EvaluationDocument>(evaluation);
  contentHash = body.snapshots[0]!.contentHash;
  content = await readContent(server.engine.files, contentHash);
}, 120_000);
afterAll(() => server.close());

type Site = ReadonlyMap<string, string>;

const get = (query = '') => fetch(`${server.url}${address}${query}`, { headers: asOperator });

async function zip(query?: string): Promise<Uint8Array> {
  const answer = await get(query);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (answer.status !== 200) throw new Error(strFromU8(bytes));
  return bytes;
}

const site = async (query?: string): Promise<Site> =>
  new Map(Object.entries(unzipSync(await zip(query))).map(([path, bytes]) => [path, strFromU8(bytes)]));

async function publish(): Promise<void> {
  const refused = await server.post<{ problems: readonly { id: string }[] }>(`${evaluation}/publication`, {
    snapshot: 1,
  });
  const acceptWarnings = refused.body.problems.map(({ id }) => id);
  expect((await server.post(`${evaluation}/publication`, { snapshot: 1, acceptWarnings })).status).toBe(200);
  await server.engine.caughtUp();
}

async function makePublic(publication: object): Promise<void> {
  const answer = await server.post(`${server.plan}/publication`, publication);
  if (answer.status !== 200) throw new Error(answer.text);
  await server.engine.caughtUp();
}

const pagesOf = (found: Site) => [...found].filter(([path]) => path.endsWith('.html'));
const whole = (found: Site) => [...found.values()].join('\n');

/** The names of persons that the demonstration has, and of who sent the commands here. */
const persons = [
  '本机操作员',
  ...['', '-demo'].flatMap((name) =>
    readFileSync(`seeds/${lishui}${name}/actors.csv`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[1]!),
  ),
];

const top = '331100';
const cells = () => content.overview.indicators.flatMap((row) => row.cells);
const findings = () => cells().flatMap(({ unit, base, value }) => [base, value].map((finding) => ({ unit, finding })));

/** Numbers of four and more digits that only units below reported. */
function numbersBelow(): Set<string> {
  const numbers = (isTop: boolean) =>
    findings().flatMap(({ unit, finding }) =>
      (unit === top) === isTop && isMeasured(finding) && finding.components ? Object.values(finding.components) : [],
    );
  const known = new Set(numbers(true));
  return new Set(numbers(false).filter((number) => number.length > 3 && !known.has(number)));
}

/** The plan itself is evidence of base values, and is named on each page. */
const evidenceTitles = () =>
  findings()
    .flatMap(({ finding }) =>
      isMeasured(finding) ? (finding.measurement?.evidence ?? []).map(({ title }) => title) : [],
    )
    .filter((title) => title !== content.overview.plan.title);

describe('a public site', () => {
  it('is refused while the evaluation is not published, with the way out', async () => {
    const answer = await get();
    expect(answer.status).toBe(422);
    const problem = (await answer.json()) as { code: string; detail: string };
    expect(problem.code).toBe('site.not-published');
    expect(problem.detail).toContain('tongjian evaluation publish midterm-2022 1');
  });

  describe('of a published evaluation', () => {
    let found: Site;
    beforeAll(async () => {
      await publish();
      found = await site();
    }, 120_000);

    it('has the same bytes each time', async () => {
      expect(sha256(Buffer.from(await zip()))).toBe(sha256(Buffer.from(await zip())));
    });

    it('has no link that leads to nothing, no script, and no address of its own', () => {
      for (const [path, text] of pagesOf(found)) {
        expect(text).not.toMatch(/<script|\son\w+=|javascript:/i);
        const links = [...text.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, link]) => link!);
        for (const link of links.filter((each) => !each.startsWith('#'))) {
          expect(link).not.toMatch(/^[a-z]+:|^\//);
          const target = posix.normalize(posix.join(posix.dirname(path), link.split('#')[0]!));
          expect([path, link, found.has(target)]).toEqual([path, link, true]);
        }
      }
    });

    it('has each page in both languages, marked as demonstration data', () => {
      const paths = pagesOf(found).map(([path]) => path);
      expect(
        paths
          .filter((path) => !path.startsWith('en/'))
          .map((path) => `en/${path}`)
          .sort(),
      ).toEqual(paths.filter((path) => path.startsWith('en/')).sort());
      for (const [path, text] of pagesOf(found)) {
        const isEnglish = path.startsWith('en/');
        expect(text).toContain(isEnglish ? '<html lang="en">' : '<html lang="zh-CN">');
        expect(text).toContain(isEnglish ? 'Demonstration data, not to be cited.' : '示例数据，不得引用。');
        expect(text.match(/<h1>/g)).toHaveLength(1);
      }
      expect(found.get('en/indicators/05.html')).toContain('<h1>05 <span lang="zh-CN">救助“一件事”惠民联办率</span>');
    });

    it('says verdict, index, and how to verify them', () => {
      expect(found.get('index.html')).toContain('2022年丽水市的规划实施总体推进，有指标滞后。');
      expect(found.get('index.html')).toContain('97.5');
      expect(found.get('verify.html')).toContain(contentHash);
      const part = found.get('data/public-part.json')!;
      expect(found.get('verify.html')).toContain(sha256(part));
      expect(JSON.parse(part)).toMatchObject({ snapshot: { name: 'midterm-2022/1', contentHash } });
      const sums = found
        .get('SHA256SUMS')!
        .trim()
        .split('\n')
        .map((line) => line.split('  '));
      for (const [hash, path] of sums) expect([path, sha256(found.get(path!)!)]).toEqual([path, hash]);
    });

    it('names no person, no evidence, and no number of a unit below', () => {
      const text = whole(found);
      expect(persons.length).toBeGreaterThan(10);
      expect(persons.filter((name) => text.includes(name))).toEqual([]);
      expect(text).not.toMatch(/p_[a-z2-7]{20}/);
      expect(evidenceTitles().length).toBeGreaterThan(50);
      expect(evidenceTitles().filter((title) => text.includes(title))).toEqual([]);
      const below = numbersBelow();
      expect(below.size).toBeGreaterThan(30);
      expect((text.match(/\d{4,}/g) ?? []).filter((number) => below.has(number))).toEqual([]);
      const { overview } = JSON.parse(found.get('data/public-part.json')!) as SnapshotContent;
      expect(new Set(overview.indicators.flatMap((row) => row.cells.map(({ unit }) => unit)))).toEqual(new Set([top]));
      expect(overview.indexes.map(({ unit }) => unit)).toEqual([top]);
      for (const name of ['verdicts', 'targets', 'series']) {
        const lines = found.get(`data/${name}.csv`)!.trim().split('\r\n').slice(1);
        expect(new Set(lines.map((line) => line.split(',')[1]))).toEqual(new Set([top]));
      }
    });

    it('has the conclusions on what is public', () => {
      expect(found.get('index.html')).toContain('总的看基本符合');
      expect(found.get('report.html')).toContain('（评估组）总的看基本符合');
      expect(whole(found)).not.toContain('莲都办件偏少');
    });

    it('has no part that is not public', () => {
      expect([...found.keys()].filter((path) => /projects|figures|tasks|policies|promises/.test(path))).toEqual([]);
      const text = whole(found);
      expect(text).not.toContain('人才不足');
      for (const { title } of content.overview.programme.findings) expect(text).not.toContain(title);
      for (const { name } of content.overview.programme.projects.list) expect(text).not.toContain(name);
    });
  });

  it('says where it will lie in a sitemap only, and refuses what is no address', async () => {
    const found = await site('?baseUrl=https://example.gov.cn/plan');
    expect(found.get('sitemap.xml')).toContain('<loc>https://example.gov.cn/plan/en/indicators/01.html</loc>');
    const refused = await get('?baseUrl=example.gov.cn');
    expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'input.invalid' }]);
  });

  it('shows what the plan makes public, and persons and evidence never', async () => {
    await makePublic({ parts: [...publicParts] });
    const found = await site();
    const text = whole(found);
    expect(persons.filter((name) => text.includes(name))).toEqual([]);
    expect(evidenceTitles().filter((title) => text.includes(title))).toEqual([]);
    expect(text).toContain('人才不足');
    expect(text).toContain('莲都办件偏少');
    const { list } = content.overview.programme.projects;
    expect(list.filter(({ name }) => !found.get('projects.html')!.includes(name))).toEqual([]);
    expect(found.get('indicators/02.html')).toContain('莲都区');
    const named = (JSON.parse(found.get('data/datapackage.json')!) as { resources: { name: string; path: string }[] })
      .resources;
    expect(named.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['figures', 'projects', 'tasks', 'policies', 'promises']),
    );
    expect(named.filter(({ path }) => !found.has(`data/${path}`))).toEqual([]);
  }, 60_000);

  it('judges by all indicators where only some are public', async () => {
    await makePublic({ parts: [], indicators: ['01', '02'] });
    const found = await site();
    expect([...found.keys()].filter((path) => path.startsWith('indicators/'))).toEqual([
      'indicators/01.html',
      'indicators/02.html',
    ]);
    expect(found.get('index.html')).toContain('2022年丽水市的规划实施总体推进，有指标滞后。');
    expect(found.get('index.html')).toContain('另有 7 项主要指标不公开');
    const hidden = content.overview.indicators.filter(({ code }) => !['01', '02'].includes(code));
    expect(hidden.filter(({ name }) => whole(found).includes(name))).toEqual([]);
  });

  it('refuses an indicator that the snapshot does not have', async () => {
    await makePublic({ parts: [], indicators: ['01', '77'] });
    const answer = await get();
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: 'site.unknown-indicator', problems: [{ field: 'publication.indicators.1' }] },
    ]);
    await makePublic({ parts: ['judgements'] });
  });

  it('leaves the hashes of snapshots as they are', async () => {
    await server.post(`/api/plans/${lishui}/evaluations/again`, { kind: 'midterm', period: '2022' });
    await server.post(`/api/plans/${lishui}/evaluations/again/snapshots`, { asOf: '2023-06-30' });
    await server.engine.caughtUp();
    const { body } = await server.get<EvaluationDocument>(`/api/plans/${lishui}/evaluations/again`);
    // The title of an evaluation is in its snapshots, and is the same here.
    expect(body.snapshots[0]!.contentHash).toBe(contentHash);
  }, 60_000);
});
