import { readdirSync, writeFileSync, readFileSync, rmSync } from 'node:fs';
import type { Engine } from '../../src/engine.js';
import { CorrectMeasurement } from '../../src/figures/figure.commands.js';
import { OpenEvaluation, TakeSnapshot } from '../../src/evaluations/evaluation.commands.js';
import { evaluationProjection, type SnapshotEntry } from '../../src/evaluations/evaluation.projection.js';
import { readContent, verify, type Verification } from '../../src/evaluations/snapshot.js';
import { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import { FolderFileStore } from '../../src/file-store/folder/folder-file-store.js';
import { canonicalJson, sha256 } from '../../src/kernel/json.js';
import { parseKnownTime } from '../../src/kernel/time.js';
import { make } from '../support/decider-spec.js';
import { lishuiEngine, memoryEngine, send } from '../support/engine.js';
import { MovingClock } from '../support/moving-clock.js';
import { lishui } from '../support/seeds.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';

const plan = lishui;
const id = 'midterm-2022';
const subject = { plan, kind: 'midterm' as const, title: '中期评估（2022）', period: '2022' };

let folder: TemporaryFolder;
/** Two engines into which the same plan was loaded separately, one in 2026 and one in 2031. */
let here: Engine;
let there: Engine;

beforeAll(async () => {
  folder = await temporaryFolder();
  const createEngine = async (name: string, now: string) => {
    const clock = new MovingClock(now);
    const log = SqliteEventLog.open(folder.path(`${name}.sqlite`), { clock });
    const engine = await lishuiEngine({ clock, log, files: new FolderFileStore(folder.path(name)) });
    await send(engine, make(OpenEvaluation, { plan, id, kind: 'midterm', period: '2022' }));
    return engine;
  };
  here = await createEngine('here', '2026-10-01T00:00:00.000Z');
  there = await createEngine('there', '2031-03-05T07:00:00.000Z');
});
afterAll(async () => {
  await here.close();
  await there.close();
  await folder.remove();
});

async function snapshot(engine: Engine, asOf: string): Promise<SnapshotEntry> {
  await send(engine, make(TakeSnapshot, { plan, id, asOf }));
  await engine.caughtUp();
  const { snapshots } = (await engine.views.get(evaluationProjection, `${plan}/${id}`))!.body;
  return snapshots.find((entry) => entry.asOf === parseKnownTime(asOf, 'Asia/Shanghai'))!;
}

async function verified(engine: Engine, entry: SnapshotEntry): Promise<Verification> {
  const scratch = engine.scratch();
  try {
    const { log, files, projections } = engine;
    return await verify({ log, files, scratch, projections }, { ...subject, asOf: entry.asOf }, entry);
  } finally {
    await scratch.close();
  }
}

describe('a snapshot', () => {
  it('has a hash that depends only on its content, not on when, where or by whom it was taken', async () => {
    const [a, b] = [await snapshot(here, '2023-06-30'), await snapshot(there, '2023-06-30')];
    expect(a.knownAt).not.toBe(b.knownAt);
    expect(a.contentHash).toBe(b.contentHash);
    expect({ ...a, knownAt: '', position: '' }).toEqual({ ...b, knownAt: '', position: '' });
  });

  it('is stored completely as canonical JSON', async () => {
    const entry = await snapshot(here, '2023-06-30');
    const content = await readContent(here.files, entry.contentHash);
    expect(sha256(canonicalJson(content))).toBe(entry.contentHash);
    expect(Buffer.byteLength(canonicalJson(content))).toBe(entry.size);
    expect(content).toMatchObject({ format: 'tongjian-snapshot/1', asOf: '2023-06-30T15:59:59.999Z' });
    expect(entry.summary).toEqual({
      ...{ index: '97.5144234536284419', coverage: '88.888888888888888889' },
      statuses: { ahead: 5, 'as-expected': 1, 'no-data': 1, roughly: 1, behind: 1 },
    });
  });

  it('of another day has another hash', async () => {
    const [june, august] = [await snapshot(here, '2023-06-30'), await snapshot(here, '2023-08-31')];
    expect(june.contentHash).not.toBe(august.contentHash);
  });

  it('of a future day is refused', async () => {
    const future = make(TakeSnapshot, { plan, id, asOf: '2027-01-01' });
    await expect(send(here, future)).rejects.toMatchObject({ code: 'snapshot.future' });
  });

  it('can be reproduced from the log after later events', async () => {
    const entry = await snapshot(there, '2023-06-30');
    const figure = { plan, code: '02', unit: '331102', period: '2022' };
    const reason = '再次复核';
    await send(there, make(CorrectMeasurement, { ...figure, numerator: '2100', denominator: '3891', reason }));
    await there.caughtUp();
    expect(await verified(there, entry)).toEqual({
      ...{ contentHash: entry.contentHash, recomputedHash: entry.contentHash },
      ...{ stored: 'intact', reproduced: true, events: Number(entry.position) },
    });
  });

  it('is reported as damaged if its file was changed, and as missing if it was deleted', async () => {
    const entry = await snapshot(here, '2023-12-31');
    const path = folder.path('here', entry.contentHash.slice(0, 2), entry.contentHash.slice(2));
    const content = readFileSync(path, 'utf8');
    writeFileSync(path, content.replace('54.9', '55.9'));
    expect(await verified(here, entry)).toMatchObject({ stored: 'damaged', reproduced: true });
    await expect(readContent(here.files, entry.contentHash)).rejects.toMatchObject({ name: 'FileDamaged' });
    rmSync(path);
    expect(await verified(here, entry)).toMatchObject({ stored: 'missing', reproduced: true });
    writeFileSync(path, content);
    expect(await verified(here, entry)).toMatchObject({ stored: 'intact', reproduced: true });
  });

  it('is not reproduced if the event has another hash', async () => {
    const entry = await snapshot(here, '2023-06-30');
    expect(await verified(here, { ...entry, contentHash: 'f'.repeat(64) })).toMatchObject({
      ...{ reproduced: false, stored: 'missing', recomputedHash: entry.contentHash },
    });
  });

  it('cannot be verified on a log that ends before its position, such as an older backup', async () => {
    const entry = await snapshot(here, '2023-06-30');
    const empty = memoryEngine();
    await expect(verified(empty, entry)).rejects.toMatchObject({ code: 'snapshot.ahead-of-log' });
  });

  it('is stored as one file, even if it is taken repeatedly', async () => {
    const entry = await snapshot(here, '2023-06-30');
    expect(await snapshot(here, '2023-06-30')).toEqual(entry);
    expect(readdirSync(folder.path('here', entry.contentHash.slice(0, 2)))).toEqual([entry.contentHash.slice(2)]);
  });
});
