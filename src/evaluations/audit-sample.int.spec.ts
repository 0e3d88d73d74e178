import { createHash } from 'node:crypto';
import type { CommandAnswer } from '../http/api-models.js';
import { signUp } from '../../test/support/people.js';
import { lishui } from '../../test/support/seeds.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import type { AuditSample } from './snapshot-sample.js';

let server: TestServer;
let evaluation: string;
beforeAll(async () => {
  server = await startTestServer();
  evaluation = `${server.plan}/evaluations/midterm`;
  await server.post(evaluation, { kind: 'midterm', period: '2022' });
  for (const asOf of ['2023-06-30', '2023-12-31']) {
    expect((await server.post<CommandAnswer>(`${evaluation}/snapshots`, { asOf })).status).toBe(200);
  }
}, 120_000);
afterAll(() => server.close());

const sampleOf = async (snapshot: string, query = '') =>
  (await server.get<AuditSample>(`${evaluation}/snapshots/${snapshot}/audit-sample${query}`)).body;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

it('is drawn from every figure of the snapshot, by the hash alone', async () => {
  const { seed, contentHash, strata, sizes } = await sampleOf('2');
  expect(seed).toBe(sha256(`${contentHash}/audit-sample/1`));
  expect(sizes).toEqual({ marked: 10, corrected: 5, other: 3 });

  // Asked for all, it gives every figure, in the order of the hashes.
  const all = await sampleOf('2', '?marked=1000&corrected=1000&other=1000');
  for (const { of, figures } of all.strata) {
    expect(figures).toHaveLength(of);
    const ranks = figures.map(({ code, unit, period }) => sha256(`${seed}/${code}/${unit}/${period}`));
    expect(ranks).toEqual([...ranks].sort());
  }
  expect(strata).toEqual(all.strata.map((each) => ({ ...each, figures: each.figures.slice(0, sizes[each.stratum]) })));
  const figures = all.strata.flatMap((each) => each.figures);
  expect(new Set(figures.map(({ code, unit, period }) => `${code}/${unit}/${period}`)).size).toBe(figures.length);
  expect(figures.every(({ period }) => period <= '2022')).toBe(true);
});

it('puts what was marked or corrected by the cut-off in strata of its own', async () => {
  const figure = async (snapshot: string) =>
    (await sampleOf(snapshot, '?marked=1000&corrected=1000&other=1000')).strata
      .flatMap(({ figures }) => figures)
      .find(({ code, unit, period }) => code === '02' && unit === '331102' && period === '2022');
  // Corrected on 2023-08-20, between the two cut-offs.
  const [before, after] = [await figure('1'), await figure('2')];
  expect(before).toMatchObject({ shown: '55.5', corrections: 0, demo: true });
  expect(after).toMatchObject({ shown: '54.2', corrections: 1 });
  expect(after!.stratum).toBe(after!.marks.length > 0 ? 'marked' : 'corrected');
  expect(before!.stratum).toBe(before!.marks.length > 0 ? 'marked' : 'other');
});

it('stays what it is when figures change later, and differs between snapshots', async () => {
  const [first, second] = [await sampleOf('1'), await sampleOf('2')];
  expect(first.seed).not.toBe(second.seed);
  const marked = (sample: AuditSample) => sample.strata.filter(({ stratum }) => stratum === 'marked');
  expect(marked(first)).not.toEqual([]);
  // From now on nothing is marked; at the cut-offs it was.
  expect((await server.post(`${server.plan}/quality-rules`, { rules: [] })).status).toBe(200);
  expect(await sampleOf('1')).toEqual(first);
  const today = await server.post<CommandAnswer>(`${evaluation}/snapshots`, {});
  expect(marked(await sampleOf(String(today.body.snapshot!.number)))).toEqual([]);
});

it('shows what the checks of its figures found, who made them and on what sources', async () => {
  const before = await sampleOf('1');
  const { code, unit, period } = before.strata[0]!.figures[0]!;
  const plan = lishui;
  const { headers } = await signUp(server, '评估员', [{ role: 'evaluator', plan }]);
  const check = (body: object, as: Record<string, string> = headers) =>
    server.post<{ code?: string }>(
      `${evaluation}/snapshots/1/checks`,
      { code, unit, period, reason: '核对台账', evidence: [{ title: '台账' }], ...body },
      as,
    );
  expect((await check({ outcome: 'confirmed' })).status).toBe(200);
  const corrected = await check({ outcome: 'corrected', found: '1' });
  expect(corrected.status).toBe(200);
  const after = await sampleOf('1');
  expect(after.strata[0]!.figures[0]!.check).toMatchObject({
    ...{ outcome: 'corrected', found: '1', reason: '核对台账', evidence: [{ title: '台账' }], earlier: 1 },
  });
  expect(after.outcomes.reduce((sum, { checked }) => sum + checked, 0)).toBe(1);
  // The draw and the other snapshot stay as they are.
  expect(after.strata.map(({ figures }) => figures.map(({ check: _, ...each }) => each))).toEqual(
    before.strata.map(({ figures }) => figures),
  );
  expect((await sampleOf('2')).outcomes.every(({ checked }) => checked === 0)).toBe(true);

  expect((await check({ code: '99', outcome: 'confirmed' })).body.code).toBe('sample.unknown-figure');
  const leader = await signUp(server, '领导', [{ role: 'leader', plan, unit: '331100' }]);
  expect((await check({ outcome: 'confirmed' }, leader.headers)).status).toBe(403);
});

it('names a snapshot that there is not, and a size that is none', async () => {
  const code = async (path: string) => {
    const { status, body } = await server.get<{ code: string }>(`${evaluation}/${path}`);
    return [status, body.code];
  };
  expect(await code('snapshots/9/audit-sample')).toEqual([404, 'evaluation.unknown-snapshot']);
  expect(await code('snapshots/1/audit-sample?other=-1')).toEqual([400, 'input.invalid']);
});
