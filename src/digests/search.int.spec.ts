import { startTestServer, type TestServer } from '../../test/support/server.js';
import type { OverviewNow } from '../overview/overview-later.js';
import type { SearchAnswer, SearchHit } from './search.js';

let server: TestServer;
beforeAll(async () => void (server = await startTestServer()), 60_000);
afterAll(() => server.close());

async function search(q: string, more = ''): Promise<SearchAnswer> {
  const { status, body, text } = await server.get<SearchAnswer>(
    `${server.plan}/search?q=${encodeURIComponent(q)}${more}`,
  );
  if (status !== 200) throw new Error(text);
  return body;
}
const named = ({ kind, id }: SearchHit) => `${kind} ${id}`;

describe('a search', () => {
  it('finds a thing by its code first, then names with the words, then other texts', async () => {
    const { hits, total } = await search('02', '&limit=100');
    expect(named(hits[0]!)).toBe('indicator 02');
    expect(total).toBeGreaterThan(1);
    const { hits: words } = await search('养老 床位', '&limit=100');
    const inTitle = words.map(({ title }) => title.includes('养老') && title.includes('床位'));
    expect(inTitle[0]).toBe(true);
    // Once a hit has the words elsewhere only, no name with all of them follows.
    expect(inTitle).toEqual(inTitle.toSorted((a, b) => Number(b) - Number(a)));
  });

  it('takes any width and case, and needs all words', async () => {
    const plain = await search('P01');
    expect(named(plain.hits[0]!)).toBe('project P01');
    expect(await search('ｐ０１')).toEqual(plain);
    expect((await search('莲都区')).hits.map(named)).toContain('unit 331102');
    expect(await search('养老 没有这样的词')).toMatchObject({ total: 0, hits: [] });
  });

  it('finds each kind, a policy by its document number, and says how many fit', async () => {
    const { body } = await server.get<OverviewNow>(`${server.plan}/overview?period=2023`);
    const { projects, policies, tasks, promises, findings } = body.programme;
    const issued = policies.list.find(({ documentNumber }) => documentNumber !== undefined)!;
    const [byNumber] = (await search(issued.documentNumber!, '&period=2023')).hits;
    expect(byNumber).toMatchObject({ kind: 'policy', note: issued.documentNumber });
    for (const [kind, things] of Object.entries({
      ...{ project: projects.list, policy: policies.list, task: tasks.list, promise: promises.list },
      finding: findings,
    })) {
      const [thing] = things;
      if (thing) expect((await search(thing.id, '&period=2023')).hits.map(named)).toContain(`${kind} ${thing.id}`);
    }
    const { body: evaluations } = await server.get<{ id: string }[]>(`${server.plan}/evaluations`);
    for (const { id } of evaluations) expect((await search(id)).hits.map(named)).toContain(`evaluation ${id}`);
    const few = await search('养老', '&limit=2');
    expect(few.hits).toHaveLength(2);
    expect(few.total).toBe((await search('养老', '&limit=100')).hits.length);
  });

  it('is as of a moment, and in a language', async () => {
    const { body } = await server.get<{ id: string; knownAt: string }[]>(`${server.plan}/evaluations`);
    const [evaluation] = body;
    if (evaluation) {
      const before = await search(evaluation.id, '&asOf=2021-12-31');
      expect(before.hits.map(named)).not.toContain(`evaluation ${evaluation.id}`);
    }
    expect(await search('02', '&asOf=2023-06-30&period=2022')).toMatchObject({ period: '2022' });
    const [own] = (await search('02')).hits;
    const [english] = (await search('02', '&language=en')).hits;
    expect(english!.title).toBe(own!.translations?.en ?? own!.title);
  });

  it('is refused without words, and as its neighbours are', async () => {
    const problem = async (path: string) => {
      const { status, body } = await server.get<{ code: string }>(`${server.plan}/${path}`);
      return [status, body.code];
    };
    expect(await problem('search')).toEqual([400, 'input.invalid']);
    expect(await problem('search?q=%20')).toEqual([400, 'input.invalid']);
    expect(await problem('search?q=a&limit=0')).toEqual([400, 'input.invalid']);
    expect(await problem('search?q=a&asOf=2100-01-01')).toEqual([400, 'time.future']);
    expect(await problem('search?q=a&period=2019')).toEqual([400, 'period.outside-plan']);
  });
});
