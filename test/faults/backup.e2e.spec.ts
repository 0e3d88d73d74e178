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

const rounds = Number(process.env.ROUNDS ?? 3);
const seed = Number(process.env.SEED ?? Date.now() % 1e9);

/** For a busy machine, in milliseconds. */
const patience = 300_000;

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
  }, patience);
  afterAll(async () => {
    server.child.kill('SIGTERM');
    if (server.child.exitCode === null) await once(server.child, 'exit');
    await folder.remove();
  });

  /** Lets the clerks write while something else is done. */
  async function whileTheyWrite<Result>(work: () => Promise<Result>): Promise<Result> {
    let goOn = true;
    const before = clerks.count;
    const writing = clerks.write(server.url, () => goOn);
    await until(() => clerks.count > before + 20);
    try {
      return await work();
    } finally {
      goOn = false;
      await writing;
    }
  }

  async function restored<Result>(backup: string, ask: (url: string) => Promise<Result>): Promise<Result> {
    const elsewhere = await temporaryFolder();
    const restore = await tongjian(elsewhere.path('data'), 'restore', backup);
    expect([restore.err, restore.code]).toEqual(['', 0]);
    const copy = await startProgram(elsewhere.path('data'), '--no-demo');
    try {
      return await ask(copy.url);
    } finally {
      copy.child.kill('SIGTERM');
      await once(copy.child, 'exit');
      await elsewhere.remove();
    }
  }

  it(
    'taken while people write, is the state of one moment: every answer is that of the server then',
    async () => {
      const backup = folder.path('while-writing');
      const { code, out, err } = await whileTheyWrite(() => tongjian(data, '--json', 'backup', backup));
      expect([err, code]).toEqual(['', 0]);
      const { position } = (JSON.parse(out) as BackupManifest).seal!;

      const [expected, events] = [await answers(server.url, position), await exported(server.url)];
      await restored(backup, async (url) => {
        const copied = await exported(url);
        expect(copied).toHaveLength(Number(position));
        expect(copied).toEqual(events.slice(0, copied.length));
        // They wrote before it and after it.
        expect(copied.at(-1)).toContain('clerk-');
        expect(events.length).toBeGreaterThan(copied.length);
        expectSame(await answers(url, position), expected);
      });
    },
    patience,
  );

  it(
    'taken while nobody writes, answers everything as the server does',
    async () => {
      const backup = folder.path('quiet');
      expect((await tongjian(data, 'backup', backup)).code).toBe(0);
      const expected = await answers(server.url);
      await restored(backup, async (url) => expectSame(await answers(url), expected));
    },
    patience,
  );

  it(
    'is proved where it lies, and never worked in',
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
    patience,
  );

  it(
    'killed at any moment, is there whole or not there, and the server goes on',
    async () => {
      const chance = new Chance(seed);
      const standing = (round: number) =>
        readdirSync(folder.path()).filter((name) => name.startsWith(`killed-${round}`));
      let whole = 0;
      for (let round = 0; round < rounds; round++) {
        const target = folder.path(`killed-${round}`);
        await whileTheyWrite(async () => {
          const child = program(data, ['backup', target]);
          const gone = once(child, 'exit');
          // Node is up after some dozen commands of the others; the moments lie around its work.
          const step = chance.oneIn(2) ? undefined : clerks.count + chance.below(300);
          await until(
            () => child.exitCode !== null || (step === undefined ? standing(round).length > 0 : clerks.count >= step),
          );
          child.kill('SIGKILL');
          await gone;
        });
        if (existsSync(target)) {
          whole++;
          await checkBackup(target);
        } else {
          for (const name of standing(round)) expect(name).toMatch(/^killed-\d+\.unfinished-/);
        }
      }
      expect(whole).toBeLessThan(rounds);
      // The next one needs no manual step.
      expect((await tongjian(data, 'backup', folder.path('killed-0-again'))).code).toBe(0);
      await clerks.expectKept(server.url);
    },
    patience,
  );

  it(
    'onto a disk that is full, says so, leaves nothing behind, and the server goes on',
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
    patience,
  );

  it(
    'is refused over data, also while a server uses it',
    async () => {
      const backup = folder.path('quiet');
      const before = await exported(server.url);
      const { code, err } = await tongjian(data, 'restore', backup);
      expect([code, err]).toEqual([1, expect.stringContaining('只能恢复到空文件夹')]);
      expect(await exported(server.url)).toEqual(before);
    },
    patience,
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
  return (await (await fetch(`${url}/api/events`)).text()).trim().split('\n');
}
