import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, statSync } from 'node:fs';
import { answers } from '../faults/answers.js';
import { BusyClerks } from '../faults/busy-clerks.js';
import { program, startProgram, tongjian } from '../support/program.js';
import { lishui } from '../support/seeds.js';
import { until } from '../support/until.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';

interface Copied {
  readonly from: { readonly log: string; readonly events: number; readonly sha256: string };
  readonly to: { readonly log: string; readonly events: number; readonly sha256: string };
  readonly added: number;
  readonly same: boolean;
  readonly grown: boolean;
}

/** For a busy machine, in milliseconds. */
const patience = 300_000;

describe('a log that is copied', () => {
  let folder: TemporaryFolder;
  let data: string;
  let copy: string;
  let server: Awaited<ReturnType<typeof startProgram>>;
  /** While a server owns the source, which may be read all the same. */
  let first: Copied;

  beforeAll(async () => {
    folder = await temporaryFolder();
    [data, copy] = [folder.path('data'), folder.path('copy')];
    server = await startProgram(data);
    for (const asOf of ['2023-06-30', '2024-06-30']) {
      expect(await tongjian(data, 'evaluate', 'midterm', '--as-of', asOf)).toMatchObject({ err: '', code: 0 });
    }
    first = await copied(copy);
  }, patience);
  afterAll(async () => {
    await stop(server.child);
    await folder.remove();
  });

  async function stop(child: typeof server.child): Promise<void> {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }

  async function copied(to: string): Promise<Copied> {
    const { code, out, err } = await tongjian(
      data,
      '--json',
      'copy',
      '--from',
      `sqlite:${data}`,
      '--to',
      `sqlite:${to}`,
    );
    expect([err, code]).toEqual(['', 0]);
    return JSON.parse(out) as Copied;
  }

  it('tells the same, and is proven to', async () => {
    const { from, to, ...rest } = first;
    expect(rest).toEqual({ added: from.events, same: true, grown: false });
    expect(from.events).toBeGreaterThan(4_000);
    expect(to).toEqual({ ...from, log: `sqlite:${copy}/log.sqlite` });
    const seals = [data, copy].map(async (each) => (await tongjian(each, '--json', 'verify-log')).out);
    expect(await seals[1]).toBe(await seals[0]);
  });

  it('serves the same pages, with the files beside it', async () => {
    const expected = await answers(server.url);
    cpSync(`${data}/files`, `${copy}/files`, { recursive: true });
    const other = await startProgram(copy);
    try {
      const found = await answers(other.url);
      expect([...found.keys()]).toEqual([...expected.keys()]);
      for (const [question, answer] of expected)
        expect(`${question}: ${found.get(question)}`).toBe(`${question}: ${answer}`);
      const verified = await tongjian(copy, 'verify', 'midterm-2022/1');
      expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('可复现')]);

      const refused = await tongjian(data, 'copy', '--from', 'sqlite:', '--to', `sqlite:${copy}`);
      expect([refused.code, refused.err]).toEqual([4, expect.stringContaining(`进程号 ${other.child.pid}`)]);
    } finally {
      await stop(other.child);
    }
  });

  it('is brought up to what was written since, and no further', async () => {
    const clerk = ['--actor', 'clerk-9', '--actor-name', '王五', '--actor-unit', '331102'];
    expect((await tongjian(data, ...clerk, 'measure', '04', '331102', '2025', '13000')).code).toBe(0);
    expect(await copied(copy)).toMatchObject({ added: 1, same: true });
    const again = await tongjian(data, 'copy', '--from', 'sqlite:', '--to', `sqlite:${copy}/log.sqlite`);
    expect(again.code).toBe(0);
    expect(again.out).toContain('没有新增');
    expect(again.out).toContain('两份日志内容相同');
    expect(again.out).toContain(`cp -R '${data}/files' '${copy}/'`);
  });

  it('from a server that writes is the beginning of it, says so, and is made whole by the next run', async () => {
    const to = folder.path('growing');
    const clerks = new BusyClerks(2019);
    let goOn = true;
    const writing = clerks.write(server.url, () => goOn);
    await until(() => clerks.count > 20);
    const growing = await tongjian(data, 'copy', '--from', `sqlite:${data}`, '--to', `sqlite:${to}`);
    goOn = false;
    await writing;
    expect([growing.code, growing.err]).toEqual([3, '']);
    expect(growing.out).toContain('此后源日志又有写入：请停止服务器，再重复同一命令');
    const { added, same } = await copied(to);
    expect(added).toBeGreaterThan(0);
    expect(same).toBe(true);
  });

  it('goes on where it was killed', async () => {
    const to = folder.path('killed');
    const words = ['copy', '--from', `sqlite:${data}`, '--to', `sqlite:${to}`];
    const size = () =>
      ['log.sqlite', 'log.sqlite-wal']
        .map((file) => statSync(`${to}/${file}`, { throwIfNoEntry: false })?.size ?? 0)
        .reduce((sum, each) => sum + each);
    for (const written of [0, 1e6, 3e6]) {
      const child = program(data, words);
      const gone = once(child, 'exit');
      await until(() => child.exitCode !== null || size() > written);
      child.kill('SIGKILL');
      await gone;
    }
    const { added, from, same } = await copied(to);
    expect(same).toBe(true);
    expect(added).toBeLessThan(from.events);
    expect((await tongjian(to, 'verify-log')).code).toBe(0);
  });

  it('is refused by a log with other contents, which stays as it is', async () => {
    const other = folder.path('other');
    expect((await tongjian(other, 'load', `seeds/${lishui}`)).code).toBe(0);
    const before = readFileSync(`${other}/log.sqlite`);
    const { code, err } = await tongjian(data, 'copy', '--from', 'sqlite:', '--to', `sqlite:${other}`);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(
        /目标日志已有别的内容，没有写入：自 submission-\S+ 第 0 版（日志位置 1）.*不同处：recordedAt/,
      ),
    ]);
    expect(readFileSync(`${other}/log.sqlite`).equals(before)).toBe(true);
  });

  it.each([
    [['--from', 'mysql://x', '--to', 'sqlite:x'], /--from=mysql:\/\/x 不是日志地址/],
    [['--from', 'sqlite:', '--to', 'esbd://admin:secret@x'], /--to=esbd:\/\/\*\*\*@x 不是日志地址/],
    [['--from', 'sqlite:nowhere', '--to', 'sqlite:x'], /--from：没有日志 \S+nowhere\/log\.sqlite/],
    [['--from', 'sqlite:'], /--to/],
    [['--from', 'sqlite:', '--to', 'sqlite:'], /同一份日志/],
  ])('says what is wrong with %j', async (words, message) => {
    const { code, err } = await tongjian(data, 'copy', ...words);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
    expect(existsSync('x')).toBe(false);
  });
});
