import fc from 'fast-check';
import type { Grant } from '../access/grants.js';
import { setPrincipal, withRequest, type Principal, type TokenScope } from '../access/principal.js';
import type { JsonValue } from '../kernel/json.js';
import type { Projection } from '../kernel/projection.js';
import type { Sight } from '../slice/sight.js';
import { planProjection } from '../plans/plan.projection.js';
import { MemoryVersionedStore } from '../versioned-store/memory/memory-versioned-store.js';
import { SightedViews } from './sighted-views.js';

interface Paper {
  readonly unit: string;
  readonly approved: boolean;
  readonly secret?: string;
}

const papers = { name: 'papers', version: 1, category: 'paper' } as unknown as Projection<Paper>;
const plain = { name: 'plain', version: 1, category: 'plain' } as unknown as Projection<Paper>;
const sight: Sight<Paper> = {
  projection: papers,
  seen(paper, { sees, seesApproved }) {
    if (sees(paper.unit)) return paper;
    const { secret: _, ...open } = paper;
    return paper.approved && seesApproved(paper.unit) ? open : undefined;
  },
};

const from = '2026-01-01T00:00:00.000Z';
const units = [
  { code: 'city', name: '市', level: 'city' },
  { code: 'county', name: '县', level: 'county', parent: 'city' },
  { code: 'other', name: '邻县', level: 'county', parent: 'city' },
];

async function viewsWith(documents: readonly [string, Paper][], reporting?: object): Promise<SightedViews> {
  const store = new MemoryVersionedStore();
  const write = async (projection: Projection<never>, entries: readonly [string, unknown][]) => {
    const view = await store.createView(projection.name, projection.version);
    const versions = entries.map(([key, body], at) => ({
      ...{ key, position: String(at + 1), knownAt: from, body: body as JsonValue },
    }));
    await store.commit(view, versions, { from: undefined, to: String(entries.length) });
  };
  await write(planProjection as unknown as Projection<never>, [
    ['one', { plan: 'one', units, ...(reporting && { reporting }) }],
  ]);
  await write(papers as unknown as Projection<never>, documents);
  await write(plain as unknown as Projection<never>, documents);
  return new SightedViews(store, [sight], new Set([papers.category!]));
}

const granted = (role: Grant['role'], unit?: string): Grant => ({
  ...{ grant: 'g1', role, plan: 'one', from },
  ...(unit !== undefined && { unit }),
});
const as = <Result>(grants: Grant[], work: () => Promise<Result>, token?: TokenScope): Promise<Result> =>
  withRequest(() => {
    const principal: Principal = { id: 'p_a', means: token ? 'token' : 'web', grants, ...(token && { token }) };
    setPrincipal(principal);
    return work();
  });

const paper = (unit: string, approved: boolean): Paper => ({ unit, approved, secret: '内情' });
const some: readonly [string, Paper][] = [
  ['one/1', paper('other', false)],
  ['one/2', paper('county', false)],
  ['one/3', paper('other', false)],
  ['one/4', paper('other', true)],
  ['one/5', paper('city', false)],
  ['one/6', paper('county', true)],
];
const keys = (found: readonly { readonly key: string }[]) => found.map(({ key }) => key.slice(4)).join('');

describe('documents of a plan', () => {
  it('are all seen by the program itself, and by who sees all of the plan', async () => {
    const views = await viewsWith(some);
    expect(keys(await views.list(papers, 'one/'))).toBe('123456');
    expect(keys(await as([granted('evaluator')], () => views.list(papers, 'one/')))).toBe('123456');
  });

  it('are seen by unit, with those below it', async () => {
    const views = await viewsWith(some);
    const list = (...grants: Grant[]) => as(grants, () => views.list(papers, 'one/'));
    expect(keys(await list(granted('reporter', 'county')))).toBe('246');
    expect(keys(await list(granted('reviewer', 'city')))).toBe('123456');
    expect(keys(await list(granted('leader', 'city')))).toBe('46');
    expect(keys(await list())).toBe('46');
  });

  it('that are approved are seen by own units only where the plan says so', async () => {
    const views = await viewsWith(some, { visibility: 'unit' });
    expect(keys(await as([granted('reporter', 'county')], () => views.list(papers, 'one/')))).toBe('26');
    expect(keys(await as([granted('leader', 'city')], () => views.list(papers, 'one/')))).toBe('46');
    expect(keys(await as([], () => views.list(papers, 'one/')))).toBe('');
  });

  it('are seen by a token for a unit only where both it and its person see them', async () => {
    const views = await viewsWith(some);
    const list = (unit: string, ...grants: Grant[]) =>
      as(grants, () => views.list(papers, 'one/'), { token: 't_a', permissions: ['plans.read'], unit });
    expect(keys(await list('county', granted('reviewer', 'city')))).toBe('26');
    expect(keys(await list('other', granted('reporter', 'county')))).toBe('4');
    expect(keys(await list('county', granted('evaluator')))).toBe('26');
  });

  it('are seen without what others may not see of them', async () => {
    const views = await viewsWith(some);
    await as([granted('reporter', 'county')], async () => {
      expect((await views.get(papers, 'one/4'))!.body).toEqual({ unit: 'other', approved: true });
      expect((await views.get(papers, 'one/6'))!.body).toEqual(some[5]![1]);
      expect(await views.get(papers, 'one/1')).toBeUndefined();
      expect(await views.history(papers, 'one/1')).toEqual([]);
      expect(await views.history(papers, 'one/4')).toMatchObject([{ body: { unit: 'other', approved: true } }]);
      const written = await views.listWritten(papers, 'one/');
      expect(written.map(({ body }) => body.toJSON())).toEqual([
        ...[some[1]![1], { unit: 'other', approved: true }, some[5]![1]],
      ]);
    });
  });

  it('of another plan are not seen by who has no role there', async () => {
    const views = await viewsWith(some);
    const elsewhere: Grant = { ...granted('evaluator'), plan: 'two' };
    expect(keys(await as([elsewhere], () => views.list(papers, 'one/')))).toBe('46');
  });

  it('that have no sight are seen whole', async () => {
    const views = await viewsWith(some);
    expect(keys(await as([], () => views.list(plain, 'one/')))).toBe('123456');
  });

  it('are not seen while nobody asks', async () => {
    const views = await viewsWith(some);
    expect(await withRequest(() => views.list(papers, 'one/'))).toEqual([]);
    expect(await withRequest(() => views.seesUnit('one', 'county'))).toBe(false);
  });

  it('say which units’ values are seen before approval', async () => {
    const views = await viewsWith(some);
    const sees = (grants: Grant[], unit: string) => as(grants, () => views.seesUnit('one', unit));
    expect(await sees([granted('reporter', 'county')], 'county')).toBe(true);
    expect(await sees([granted('reporter', 'county')], 'other')).toBe(false);
    expect(await sees([granted('auditor')], 'other')).toBe(true);
  });
});

describe('a third party', () => {
  const invited = (moment: string): Grant => ({ ...granted('external-evaluator'), moment });

  it('sees nothing that became known after the moment of the invitation, whatever moment is asked for', async () => {
    const views = await viewsWith(some);
    const [before, after] = ['2025-12-31T00:00:00.000Z', '2026-12-31T00:00:00.000Z'];
    const found = async (moment: string, asked: object = {}) =>
      as([invited(moment)], async () => [
        (await views.list(papers, 'one/', asked)).length,
        (await views.listWritten(plain, 'one/', asked)).length,
        (await views.history(papers, 'one/4')).length,
        (await views.get(papers, 'one/4')) === undefined ? 0 : 1,
      ]);
    expect(await found(after)).toEqual([2, 6, 1, 1]);
    expect(await found(before)).toEqual([0, 0, 0, 0]);
    expect((await found(before, { asOf: { knownAt: after } })).slice(0, 2)).toEqual([0, 0]);
    expect((await found(after, { asOf: { knownAt: before } })).slice(0, 2)).toEqual([0, 0]);
  });
});

describe('a list in pages', () => {
  it('has what a list in one has, however many documents between are not seen', async () => {
    const kind = fc.record({ unit: fc.constantFrom('city', 'county', 'other'), approved: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(kind, { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), async (kinds, limit) => {
        const documents = kinds.map((each, at): [string, Paper] => [
          `one/${String(at).padStart(3, '0')}`,
          { ...each, secret: '内情' },
        ]);
        const views = await viewsWith(documents);
        await as([granted('reporter', 'county')], async () => {
          const whole = await views.list(papers, 'one/');
          for (const list of ['list', 'listWritten'] as const) {
            const paged: string[] = [];
            for (let after: string | undefined; ;) {
              const page = await views[list](papers, 'one/', { limit, ...(after !== undefined && { after }) });
              paged.push(...page.map(({ key }) => key));
              if (page.length < limit) break;
              after = page.at(-1)!.key;
            }
            expect(paged).toEqual(whole.map(({ key }) => key));
          }
        });
      }),
      { numRuns: 50 },
    );
  });
});
