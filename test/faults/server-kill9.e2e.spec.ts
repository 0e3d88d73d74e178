import Database from 'better-sqlite3';
import { once } from 'node:events';
import { checkBackup } from '../../src/operations/backup.js';
import type { Engine } from '../../src/engine.js';
import { openEmbedded } from '../../src/engine.js';
import type { EvaluationDocument } from '../../src/evaluations/evaluation.projection.js';
import { startProgram, tongjian, type Ended } from '../support/program.js';
import { lishui } from '../support/seeds.js';
import { until } from '../support/until.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { BusyClerks } from './busy-clerks.js';
import { Chance } from '../support/chance.js';
import { expectViewsAsRebuilt } from './rebuilt.js';
import { fetchAsOperator } from '../support/operator.js';

const rounds = Number(process.env.ROUNDS ?? 1);
const seed = Number(process.env.SEED ?? Date.now() % 1e9);

const demo = `seeds/${lishui}-demo`;
const midterm = `/api/plans/${lishui}/evaluations/midterm-2022`;
const headers = { 'content-type': 'application/json' };

describe(`kill -9 of the server under concurrent writers (SEED=${seed}, ROUNDS=${rounds})`, () => {
  const chance = new Chance(seed);
  const clerks = new BusyClerks(2019);
  let folder: TemporaryFolder;
  let data: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    data = folder.path('data');
  });
  afterAll(() => folder.remove());

  /** What else happens while the clerks write. Each resolves with its result after the server is killed. */
  const activities: Readonly<Record<string, (url: string, round: number) => Promise<unknown>>> = {
    nothing: async () => undefined,
    import: () => tongjian(data, 'load', demo),
    rebuild: () => tongjian(data, 'rebuild'),
    snapshots: async (url) => {
      const post = (path: string, body: object) =>
        fetchAsOperator(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      const taken: string[] = [];
      await post(midterm, { kind: 'midterm', period: '2022' }).catch(() => undefined);
      for (;;) {
        const answer = await post(`${midterm}/snapshots`, {})
          .then(async (response) => ({ status: response.status, text: await response.text() }))
          .catch(() => undefined);
        // The server was killed.
        if (!answer) return taken;
        expect(answer).toMatchObject({ status: 200 });
        const { events } = JSON.parse(answer.text) as { events: { id: string }[] };
        taken.push(...events.map(({ id }) => id));
      }
    },
    backup: (_, round) => tongjian(data, 'backup', folder.path(`backup-${round}`)),
  };

  /** Kills the server at a random moment of an activity; returns the activity's result. */
  async function killDuring(activity: string, round: number): Promise<unknown> {
    const { child, url } = await startProgram(data, '--no-demo');
    const exited = once(child, 'exit');
    const writing = clerks.write(url, () => true);
    const before = clerks.count;
    await until(() => clerks.count > before, 60_000);
    const running = activities[activity]!(url, round);
    if (activity === 'import' && chance.oneIn(2)) {
      // While the import writes, which takes much less time than its checks.
      const start = await headOf(url);
      const acknowledged = clerks.count;
      await until(async () => (await headOf(url)) - start > clerks.count - acknowledged + 100, 60_000);
    } else {
      const moment = clerks.count + chance.below(150);
      await until(() => clerks.count >= moment, 60_000);
    }
    child.kill('SIGKILL');
    await exited;
    await writing;
    return running;
  }

  it('keeps every acknowledged command exactly once, and completes interrupted work after the restart', async () => {
    const snapshots: string[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const activity of Object.keys(activities)) {
        const result = await killDuring(activity, round);
        if (activity === 'snapshots') snapshots.push(...(result as string[]));
        // A backup does not use the server, so it is complete.
        if (activity === 'backup') {
          expect(result as Ended).toMatchObject({ err: '', code: 0 });
          await checkBackup(folder.path(`backup-${round}`));
        }
      }
    }

    const { child, url } = await startProgram(data, '--no-demo');
    const ended = once(child, 'exit');
    await clerks.expectKept(url);

    // Loading the same folder again completes the interrupted import; loading it once more adds nothing.
    expect((await tongjian(data, 'load', demo)).code).toBe(0);
    expect((await tongjian(data, 'load', demo)).out).toContain('没有新增');

    const evaluation = (await (await fetchAsOperator(`${url}${midterm}`)).json()) as EvaluationDocument;
    expect(evaluation.snapshots.length).toBeGreaterThanOrEqual(snapshots.length);
    expect(evaluation.snapshots.map(({ number }) => number)).toEqual(evaluation.snapshots.map((_, index) => index + 1));
    for (const { number } of evaluation.snapshots.slice(-3)) {
      const proof = await fetchAsOperator(`${url}${midterm}/snapshots/${number}/verification`, { method: 'POST' });
      expect(await proof.json()).toMatchObject({ stored: 'intact', reproduced: true });
    }
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);

    const engine = openEmbedded(data);
    try {
      await engine.start();
      await expectViewsAsRebuilt(engine);
      expect(await snapshotEvents(engine)).toEqual(expect.arrayContaining(snapshots));
    } finally {
      await engine.close();
    }
    for (const file of ['log.sqlite', 'views.sqlite']) {
      const shell = new Database(`${data}/${file}`);
      expect(shell.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      expect(shell.pragma('foreign_key_check')).toEqual([]);
      shell.close();
    }
    expect((await tongjian(data, 'doctor')).out).toContain('哈希链完整');
  }, 600_000);
});

async function headOf(url: string): Promise<number> {
  return Number(((await (await fetchAsOperator(`${url}/api/status`)).json()) as { head: string }).head);
}

async function snapshotEvents({ log }: Engine): Promise<string[]> {
  const events = await log.readStream(`evaluation-${lishui}.midterm-2022`);
  return events.filter(({ type }) => type === 'SnapshotTaken').map(({ id }) => id);
}
