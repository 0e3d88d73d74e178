import Database from 'better-sqlite3';
import { appendFile, copyFile, cp, mkdir, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import type { Engine } from '../../src/engine.js';
import { openEmbedded } from '../../src/engine.js';
import { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import { ApproveMeasurement, MeasureIndicator } from '../../src/figures/figure.commands.js';
import { figureStream } from '../../src/figures/figure.events.js';
import { problemOf } from '../../src/http/problem.filter.js';
import type { RecordedEvent } from '../../src/kernel/event.js';
import { EventLogDamaged, type Proof, type Seal } from '../../src/kernel/event-log.js';
import { systemClock } from '../../src/kernel/time.js';
import { StoreDamaged, type Version } from '../../src/kernel/versioned-store.js';
import { DatabaseUnusable } from '../../src/sqlite/open-database.js';
import { checkedInput } from '../../src/slice/command.js';
import { several } from '../contract/event-log/samples.js';
import { lishui, seedFiles } from '../support/seeds.js';
import { until } from '../support/until.js';
import { dumpOf } from '../support/view-dump.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { Chance } from '../support/chance.js';

const seed = Number(process.env.SEED ?? Date.now() % 1e9);
const rounds = Number(process.env.ROUNDS ?? 1);
const chance = new Chance(seed);

/** Flips one random bit in a range of a file. */
async function flip(path: string, from: number, to: number): Promise<void> {
  const file = await open(path, 'r+');
  const at = from + chance.below(to - from);
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, at);
  byte[0]! ^= 1 << chance.below(8);
  await file.write(byte, 0, 1, at);
  await file.close();
}

const isRefusal = (error: unknown): boolean =>
  error instanceof EventLogDamaged || error instanceof StoreDamaged || error instanceof DatabaseUnusable;

/** The result of a read, or `refused` if it throws one of the damage errors. Other errors are rethrown. */
async function attempt<Result>(read: () => Promise<Result>): Promise<Result | 'refused'> {
  try {
    return await read();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return 'refused';
  }
}

describe(`a damaged log (SEED=${seed}, ROUNDS=${rounds})`, () => {
  let folder: TemporaryFolder;
  let sound: string;
  let damaged: string;
  let events: RecordedEvent[];
  let seal: Seal;
  const streams = Array.from({ length: 12 }, (_, index) => `figure-damage.${index}`);

  beforeAll(async () => {
    folder = await temporaryFolder();
    [sound, damaged] = [folder.path('sound.sqlite'), folder.path('damaged.sqlite')];
    const log = SqliteEventLog.open(sound, { clock: systemClock });
    for (let time = 0; time < 3; time++) {
      for (const [index, stream] of streams.entries()) {
        const count = 1 + index;
        await log.append(stream, time === 0 ? 'none' : time * count - 1, several(count));
      }
    }
    events = await log.readAll({ limit: 10_000 });
    seal = (await log.verify()).seal!;
    await log.close();
  });
  afterAll(() => folder.remove());

  beforeEach(async () => {
    for (const suffix of ['', '-wal', '-shm']) await rm(damaged + suffix, { force: true });
    await copyFile(sound, damaged);
  });

  /**
   * Expects that all events read are as written. If any event is missing or a read is refused, `verify` must report
   * damage.
   */
  async function expectOnlySoundEvents(): Promise<void> {
    const log = await attempt(async () => SqliteEventLog.open(damaged, { clock: systemClock }));
    if (log === 'refused') return;
    try {
      const read: RecordedEvent[] = [];
      const whole = await attempt(async () => {
        for (;;) {
          const page = await log.readAll({ after: read.at(-1)?.position, limit: 50 });
          if (page.length === 0) return;
          read.push(...page);
        }
      });
      expect(read).toEqual(events.slice(0, read.length));
      let lacking = whole === 'refused' || read.length < events.length;
      for (const stream of streams) {
        const written = events.filter((event) => event.stream === stream);
        const got = await attempt(() => log.readStream(stream));
        if (got !== 'refused') expect(got).toEqual(written.slice(0, got.length));
        lacking ||= got === 'refused' || got.length < written.length;
      }
      const proof = await attempt<Proof>(() => log.verify(seal));
      // `verify` may find more damage than reading, such as a changed hash chain value.
      if (lacking) expect(proof === 'refused' || proof.damage).toBeTruthy();
    } finally {
      await log.close();
    }
  }

  it('with a flipped bit never returns a wrong event', async () => {
    const { size } = await stat(sound);
    // Covers the header of the file and each of its pages.
    const regions = [
      [0, 100],
      ...Array.from({ length: size / 4_096 }, (_, page) => [page * 4_096, (page + 1) * 4_096]),
    ];
    for (let time = 0; time < 2 * rounds; time++) {
      for (const [from, to] of regions) {
        await copyFile(sound, damaged);
        await flip(damaged, from!, to!);
        await expectOnlySoundEvents();
        for (const suffix of ['-wal', '-shm']) await rm(damaged + suffix, { force: true });
      }
    }
  }, 240_000);

  it('truncated anywhere is never reported as complete', async () => {
    const { size } = await stat(sound);
    const lengths = [0, 1, 99, 100, 4_095, 4_096, 8_192, size - 1, size - 4_096];
    for (const length of [...lengths, ...Array.from({ length: 20 * rounds }, () => chance.below(size))]) {
      await copyFile(sound, damaged);
      await truncate(damaged, length);
      await expectOnlySoundEvents();
      for (const suffix of ['-wal', '-shm']) await rm(damaged + suffix, { force: true });
    }
  }, 240_000);

  it.each([1, 100, 4_096, 10_000])('with %d extra bytes at the end returns all events as written', async (length) => {
    await appendFile(damaged, Buffer.alloc(length, '垃圾'));
    await expectOnlySoundEvents();
    const log = SqliteEventLog.open(damaged, { clock: systemClock });
    expect(await log.readAll({ limit: 10_000 })).toEqual(events);
    expect(await log.verify(seal)).not.toHaveProperty('damage');
    await log.close();
  });

  it('copied without its write-ahead log lacks the last events, which the seal reveals', async () => {
    const log = SqliteEventLog.open(damaged, { clock: systemClock });
    await log.append('figure-damage.late', 'none', several(5));
    const late = (await log.verify()).seal;
    await copyFile(damaged, folder.path('copy.sqlite'));
    await log.close();
    const copy = SqliteEventLog.open(folder.path('copy.sqlite'), { clock: systemClock });
    expect(await copy.readAll({ limit: 10_000 })).toEqual(events);
    expect(await copy.verify(late)).toMatchObject({ damage: { kind: 'missing' } });
    await copy.close();
  });

  it.each([
    ['removed', (path: string) => rm(path)],
    ['emptied', (path: string) => truncate(path)],
  ])(
    'whose file was %s while its write-ahead log exists is refused, and the write-ahead log is not changed',
    async (_, harm) => {
      const log = SqliteEventLog.open(damaged, { clock: systemClock });
      await log.append('figure-damage.late', 'none', several(5));
      await copyFile(`${damaged}-wal`, folder.path('kept-wal'));
      await log.close();
      await copyFile(folder.path('kept-wal'), `${damaged}-wal`);
      await harm(damaged);
      expect(() => SqliteEventLog.open(damaged, { clock: systemClock })).toThrow(
        /missing or empty, but its .*-wal exists/,
      );
      expect(await readFile(`${damaged}-wal`)).toEqual(await readFile(folder.path('kept-wal')));
    },
  );
});

describe(`a damaged data folder (SEED=${seed}, ROUNDS=${rounds})`, () => {
  let folder: TemporaryFolder;
  let sound: string;
  let data: string;
  let documents: Awaited<ReturnType<typeof dumpOf>>;
  let engine: Engine | undefined;

  beforeAll(async () => {
    folder = await temporaryFolder();
    [sound, data] = [folder.path('sound'), folder.path('damaged')];
    await mkdir(sound);
    const filled = await opened(sound);
    await filled.submissions.submit(seedFiles(lishui));
    for (const unit of ['331102', '331121']) await send(filled, measure(unit, '10980'));
    await filled.caughtUp();
    documents = await dumpOf(filled.store);
    await close();
  });
  afterAll(() => folder.remove());
  beforeEach(async () => {
    await rm(data, { recursive: true, force: true });
    await cp(sound, data, { recursive: true });
  });
  afterEach(close);

  async function opened(path: string): Promise<Engine> {
    engine = openEmbedded(path);
    await engine.start();
    return engine;
  }
  async function close(): Promise<void> {
    await engine?.close();
    engine = undefined;
  }

  const figure = (unit: string) => ({ plan: lishui, code: '04', unit, period: '2021' });
  const measure = (unit: string, value: string) => checkedInput(MeasureIndicator, { ...figure(unit), value });
  const approve = (unit: string) => checkedInput(ApproveMeasurement, figure(unit));
  const send = (
    to: Engine,
    command: MeasureIndicator | ApproveMeasurement,
    id: string = command.unit + command.constructor.name,
  ) =>
    to.gateway.carryOut(command, {
      commandId: id,
      actor: { id: command.constructor.name, name: '李四', roles: [], means: 'import' },
    });

  /** Changes the log file directly by SQL. */
  function alterLog(sql: string, ...values: unknown[]): void {
    const shell = new Database(`${data}/log.sqlite`);
    shell.exec('DROP TRIGGER events_never_change');
    shell.prepare(sql).run(...values);
    shell.close();
  }

  it('refuses calls that need the damaged event, naming its position, and serves all others', async () => {
    const stream = figureStream(figure('331102'));
    alterLog(`UPDATE events SET data = replace(data, '10980', '10981') WHERE stream = ?`, stream);
    const running = await opened(data);
    const refusal = await send(running, approve('331102')).catch((error: unknown) => problemOf(error));
    expect(refusal).toMatchObject({ status: 503, code: 'log.damaged', detail: expect.stringContaining('第 407 位') });
    await send(running, approve('331121'));
    await running.caughtUp();
    // The views still have the document that was built before; rebuilding them stops at the damaged event.
    expect(await dumpOf(running.store)).toMatchObject({ figures: { [Object.keys(documents['figures']!)[0]!]: {} } });
    await expect(running.projector.rebuild('figures')).rejects.toMatchObject({ position: '407' });
    expect(await running.keeping!.verify()).toMatchObject({ events: 406, damage: { position: '407' } });
  });

  it('cannot be opened if the last event of the log is damaged', async () => {
    alterLog('UPDATE events SET chain = zeroblob(32) WHERE position = (SELECT max(position) FROM events)');
    expect(() => openEmbedded(data)).toThrow(EventLogDamaged);
  });

  it.each([
    ['missing', (path: string) => rm(path)],
    ['empty', (path: string) => truncate(path)],
  ])('is not treated as new if the log is %s but the views exist', async (_, harm) => {
    await harm(`${data}/log.sqlite`);
    await expect(opened(data)).rejects.toThrow(/the log is empty, but views were made of it up to position 408/);
  });

  it('rebuilds views that are ahead of an older log', async () => {
    const newer = await opened(data);
    await send(newer, approve('331102'));
    await newer.caughtUp();
    await close();
    await copyFile(`${sound}/log.sqlite`, `${data}/log.sqlite`);
    expect(await dumpOf((await opened(data)).store)).toEqual(documents);
  });

  it.each([
    ['missing', (path: string) => rm(path)],
    ['empty', (path: string) => truncate(path)],
    ['truncated', (path: string) => truncate(path, 40_000)],
    ['not a database', (path: string) => writeFile(path, '不是数据库'.repeat(2_000))],
    [
      'of another schema version',
      async (path: string) => {
        const shell = new Database(path);
        shell.pragma('user_version = 1');
        shell.close();
      },
    ],
  ])('rebuilds the views if their file is %s', async (_, harm) => {
    await harm(`${data}/views.sqlite`);
    expect(await dumpOf((await opened(data)).store)).toEqual(documents);
  });

  it('still answers correctly after the file of the views was deleted, and rebuilds it at the next start', async () => {
    const running = await opened(data);
    for (const suffix of ['', '-wal', '-shm']) await rm(`${data}/views.sqlite${suffix}`, { force: true });
    await send(running, approve('331121'));
    await running.caughtUp();
    const now = await dumpOf(running.store);
    await close();
    expect(await dumpOf((await opened(data)).store)).toEqual(now);
  });

  it('never returns a document with changed bytes, and rebuilds damaged views at the next start', async () => {
    const { size } = await stat(`${data}/views.sqlite`);
    const written = new Set(
      Object.values(documents)
        .flatMap((view) => Object.values(view).flat())
        .map(text),
    );
    let found = 0;
    for (let time = 0; time < 12 * rounds; time++) {
      await rm(data, { recursive: true, force: true });
      await cp(sound, data, { recursive: true });
      await flip(`${data}/views.sqlite`, 100, size);
      const read = await attempt(async () => dumpOf((await opened(data)).store));
      if (read !== 'refused') {
        for (const version of Object.values(read).flatMap((view) => Object.values(view).flat())) {
          expect(written).toContain(text(version));
        }
      } else {
        found++;
        await close();
        expect(await dumpOf((await opened(data)).store)).toEqual(documents);
      }
      await close();
    }
    expect(found).toBeGreaterThan(0);
  }, 240_000);

  it('reports views that are damaged while it runs, once a read finds the damage', async () => {
    const running = await opened(data);
    const shell = new Database(`${data}/views.sqlite`);
    const { generation } = shell
      .prepare<[], { generation: number }>(`SELECT generation FROM views WHERE name = 'figures'`)
      .get()!;
    shell.exec(`UPDATE versions_${generation} SET body = replace(body, '10980', '10981')`);
    shell.close();
    await expect(dumpOf(running.store)).rejects.toThrow(StoreDamaged);
    expect(running.storeHealth.damage).toBeInstanceOf(StoreDamaged);
    await until(async () => (await stat(`${data}/views.damaged`)).isFile());
    await close();
    expect(await dumpOf((await opened(data)).store)).toEqual(documents);
  });
});

const text = (version: Version): string => JSON.stringify(version);
