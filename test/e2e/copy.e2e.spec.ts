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

/** Timeout of a test, long enough for a busy machine. */
const timeoutMs = 300_000;

describe('a copied log', () => {
  let folder: TemporaryFolder;
  let data: string;
  let copy: string;
  let server: Awaited<ReturnType<typeof startProgram>>;
  /** Result of the first copy, made while a server owns the source. */
  let first: Copied;

  beforeAll(async () => {
    folder = await temporaryFolder();
    [data, copy] = [folder.path('data'), folder.path('copy')];
    server = await startProgram(data);
    for (const asOf of ['2023-06-30', '2024-06-30']) {
      expect(await tongjian(data, 'evaluate', 'midterm', '--as-of', asOf)).toMatchObject({ err: '', code: 0 });
    }
    first = await copied(copy);
  }, timeoutMs);
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

  it('has the same events as the source, with the same seal', async () => {
    const { from, to, ...rest } = first;
    expect(rest).toEqual({ added: from.events, same: true, grown: false });
    expect(from.events).toBeGreaterThan(4_000);
    expect(to).toEqual({ ...from, log: `sqlite:${copy}/log.sqlite` });
    const seals = [data, copy].map(async (each) => (await tongjian(each, '--json', 'verify-log')).out);
    expect(await seals[1]).toBe(await seals[0]);
  });

  it('answers all queries like the source, once the files are copied too', async () => {
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

  it('gets only the new events when it is copied again', async () => {
    expect((await tongjian(data, 'measure', '04', '331102', '2025', '13000')).code).toBe(0);
    expect(await copied(copy)).toMatchObject({ added: 1, same: true });
    const again = await tongjian(data, 'copy', '--from', 'sqlite:', '--to', `sqlite:${copy}/log.sqlite`);
    expect(again.code).toBe(0);
    expect(again.out).toContain('没有新增');
    expect(again.out).toContain('两份日志内容相同');
    expect(again.out).toContain(`cp -R '${data}/files' '${copy}/'`);
  });

  it('of a log with concurrent writes is reported as incomplete, and is completed by the next run', async () => {
    const to = folder.path('growing');
    const clerks = new BusyClerks(2019);
    let shouldContinue = true;
    const writing = clerks.write(server.url, () => shouldContinue);
    await until(() => clerks.count > 20);
    const growing = await tongjian(data, 'copy', '--from', `sqlite:${data}`, '--to', `sqlite:${to}`);
    shouldContinue = false;
    await writing;
    expect([growing.code, growing.err]).toEqual([3, '']);
    expect(growing.out).toContain('此后源日志又有写入：请停止服务器，再重复同一命令');
    const { added, same } = await copied(to);
    expect(added).toBeGreaterThan(0);
    expect(same).toBe(true);
  });

  it('is continued after the copy was killed', async () => {
    const to = folder.path('killed');
    const args = ['copy', '--from', `sqlite:${data}`, '--to', `sqlite:${to}`];
    const size = () =>
      ['log.sqlite', 'log.sqlite-wal']
        .map((file) => statSync(`${to}/${file}`, { throwIfNoEntry: false })?.size ?? 0)
        .reduce((sum, each) => sum + each);
    for (const written of [0, 1e6, 3e6]) {
      const child = program(data, args);
      const exited = once(child, 'exit');
      await until(() => child.exitCode !== null || size() > written);
      child.kill('SIGKILL');
      await exited;
    }
    const { added, from, same } = await copied(to);
    expect(same).toBe(true);
    expect(added).toBeLessThan(from.events);
    expect((await tongjian(to, 'verify-log')).code).toBe(0);
  });

  it('cannot be copied into a log with other events, which is not changed', async () => {
    const other = folder.path('other');
    expect((await tongjian(other, 'load', `seeds/${lishui}`)).code).toBe(0);
    const before = readFileSync(`${other}/log.sqlite`);
    const { code, err } = await tongjian(data, 'copy', '--from', 'sqlite:', '--to', `sqlite:${other}`);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(
        /目标日志已有别的内容，没有写入：自 submission-\S+ 第 0 版（系统记录序号 1）.*不同处：recordedAt/,
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
  ])('reports the mistake in %j', async (args, message) => {
    const { code, err } = await tongjian(data, 'copy', ...args);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
    expect(existsSync('x')).toBe(false);
  });
});
