import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import type { BackupManifest } from '../../src/operations/backup-manifest.js';
import { checkBackup } from '../../src/operations/backup.js';
import { program, startProgram, tongjian } from '../support/program.js';
import { until } from '../support/until.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { answers } from './answers.js';
import { BusyClerks } from './busy-clerks.js';
import { FailingDisk } from './failing-disk.js';
import { Chance } from '../support/chance.js';
import { fetchAsOperator } from '../support/operator.js';

const rounds = Number(process.env.ROUNDS ?? 3);
const seed = Number(process.env.SEED ?? Date.now() % 1e9);

/** Timeout of a test, long enough for a busy machine. */
const timeoutMs = 300_000;

describe(`a backup of a running server (SEED=${seed}, ROUNDS=${rounds})`, () => {
  let folder: TemporaryFolder;
  let data: string;
  let server: Awaited<ReturnType<typeof startProgram>>;
  const clerks = new BusyClerks(2019);

  beforeAll(async () => {
    folder = await temporaryFolder();
    data = folder.path('data');
    server = await startProgram(data);
    for (const asOf of ['2023-06-30', '2024-06-30']) {
      expect(await tongjian(data, 'evaluate', 'midterm', '--as-of', asOf)).toMatchObject({ err: '', code: 0 });
    }
  }, timeoutMs);
  afterAll(async () => {
    server.child.kill('SIGTERM');
    if (server.child.exitCode === null) await once(server.child, 'exit');
    await folder.remove();
  });

  /** Runs `work` while the clerks write. */
  async function whileClerksWrite<Result>(work: () => Promise<Result>): Promise<Result> {
    let shouldContinue = true;
    const before = clerks.count;
    const writing = clerks.write(server.url, () => shouldContinue);
    await until(() => clerks.count > before + 20);
    try {
      return await work();
    } finally {
      shouldContinue = false;
      await writing;
    }
  }

  async function restored<Result>(backup: string, ask: (url: string) => Promise<Result>): Promise<Result> {
    const target = await temporaryFolder();
    const restore = await tongjian(target.path('data'), 'restore', backup);
    expect([restore.err, restore.code]).toEqual(['', 0]);
    const copy = await startProgram(target.path('data'));
    try {
      return await ask(copy.url);
    } finally {
      copy.child.kill('SIGTERM');
      await once(copy.child, 'exit');
      await target.remove();
    }
  }

  it(
    'taken during writes is consistent: its answers equal those of the server as of the position of the backup',
    async () => {
      const backup = folder.path('while-writing');
      const { code, out, err } = await whileClerksWrite(() => tongjian(data, '--json', 'backup', backup));
      expect([err, code]).toEqual(['', 0]);
      const { position } = (JSON.parse(out) as BackupManifest).seal!;

      const [expected, events] = [await answers(server.url, position), await exported(server.url)];
      await restored(backup, async (url) => {
        const copied = await exported(url);
        expect(copied).toHaveLength(Number(position));
        expect(copied).toEqual(events.slice(0, copied.length));
        // The clerks wrote before and after the backup.
        expect(copied.at(-1)).toContain('clerk-');
        expect(events.length).toBeGreaterThan(copied.length);
        expectSame(await answers(url, position), expected);
      });
    },
    timeoutMs,
  );

  it(
    'taken without writes answers all queries like the server',
    async () => {
      const backup = folder.path('quiet');
      expect((await tongjian(data, 'backup', backup)).code).toBe(0);
      const expected = await answers(server.url);
      await restored(backup, async (url) => expectSame(await answers(url), expected));
    },
    timeoutMs,
  );

  it(
    'can be verified in place, and cannot be used as a data folder',
    async () => {
      const backup = folder.path('quiet');
      const { seal } = await checkBackup(backup);
      const proof = await tongjian(backup, 'verify-log', '--seal', `${seal!.position}:${seal!.chain}`);
      expect(proof).toMatchObject({ err: '', code: 0, out: expect.stringContaining('与记下的封印相符') });
      for (const args of [['start', '--port', '0'], ['status'], ['show'], ['evaluate', 'midterm']]) {
        expect(await tongjian(backup, ...args)).toMatchObject({ code: 1, err: expect.stringContaining('是备份') });
      }
      expect(await tongjian(data, 'copy', '--from', `sqlite:${data}`, '--to', `sqlite:${backup}`)).toMatchObject({
        code: 1,
        err: expect.stringContaining('是备份'),
      });
      expect(await tongjian(backup, 'doctor')).toMatchObject({ code: 3, out: expect.stringContaining('是备份') });
      expect(readdirSync(backup).sort()).toEqual(['files', 'log.sqlite', 'manifest.json']);
      await checkBackup(backup);
    },
    timeoutMs,
  );

  it(
    'killed at any moment is either complete or absent, and the server continues',
    async () => {
      const chance = new Chance(seed);
      const targets = (round: number) =>
        readdirSync(folder.path()).filter((name) => name.startsWith(`killed-${round}`));
      let whole = 0;
      for (let round = 0; round < rounds; round++) {
        const target = folder.path(`killed-${round}`);
        await whileClerksWrite(async () => {
          const child = program(data, ['backup', target]);
          const exited = once(child, 'exit');
          // Kill either when the target appears, or after a random number of commands by the clerks, which covers the
          // start of the process and its whole run.
          const step = chance.oneIn(2) ? undefined : clerks.count + chance.below(300);
          await until(
            () => child.exitCode !== null || (step === undefined ? targets(round).length > 0 : clerks.count >= step),
          );
          child.kill('SIGKILL');
          await exited;
        });
        if (existsSync(target)) {
          whole++;
          await checkBackup(target);
        } else {
          for (const name of targets(round)) expect(name).toMatch(/^killed-\d+\.unfinished-/);
        }
      }
      expect(whole).toBeLessThan(rounds);
      // The next backup works without clean-up.
      expect((await tongjian(data, 'backup', folder.path('killed-0-again'))).code).toBe(0);
      await clerks.expectKept(server.url);
    },
    timeoutMs,
  );

  it(
    'to a full disk fails with a clear message and leaves no files, and the server continues',
    async () => {
      const disk = new FailingDisk(folder.path());
      disk.fail({ call: 'write', path: '.unfinished-', error: 'ENOSPC', at: 3 });
      const child = program(data, ['backup', folder.path('full')], disk.env);
      let err = '';
      child.stderr!.on('data', (part: Buffer) => (err += part.toString()));
      expect(await once(child, 'close')).toEqual([1, null]);
      expect(err).toContain('磁盘已满');
      expect(disk.count.failed).toBeGreaterThan(0);
      disk.close();
      expect(readdirSync(folder.path()).filter((name) => name.startsWith('full'))).toEqual([]);
      await clerks.expectKept(server.url);
    },
    timeoutMs,
  );

  it(
    'is not restored into a data folder that a server uses',
    async () => {
      const backup = folder.path('quiet');
      const before = await exported(server.url);
      const { code, err } = await tongjian(data, 'restore', backup);
      expect([code, err]).toEqual([1, expect.stringContaining('只能恢复到空文件夹')]);
      expect(await exported(server.url)).toEqual(before);
    },
    timeoutMs,
  );
});

function expectSame(found: Map<string, string>, expected: Map<string, string>): void {
  expect([...found.keys()]).toEqual([...expected.keys()]);
  for (const [question, answer] of expected) {
    expect(`${question}: ${found.get(question)}`).toBe(`${question}: ${answer}`);
    expect(answer).toMatch(/^200 /);
  }
}

async function exported(url: string): Promise<string[]> {
  return (await (await fetchAsOperator(`${url}/api/events`)).text()).trim().split('\n');
}
