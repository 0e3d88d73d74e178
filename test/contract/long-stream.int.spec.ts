import { randomUUID } from 'node:crypto';
import { Engine } from '../../src/engine.js';
import { Trail } from '../../src/audit/trail.js';
import type { TrailEntry } from '../../src/audit/trail-entry.js';
import { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import { CorrectMeasurement, MeasureIndicator } from '../../src/figures/figure.commands.js';
import { figureDecider } from '../../src/figures/figure.decider.js';
import { MeasurementCorrected } from '../../src/figures/figure.events.js';
import { figureKey, figureProjection } from '../../src/figures/figure.projection.js';
import { limits } from '../../src/kernel/event-log.js';
import { CommandHandling } from '../../src/kernel/handling.js';
import { createServer } from '../../src/server.js';
import { SqliteVersionedStore } from '../../src/versioned-store/sqlite/sqlite-versioned-store.js';
import { make } from '../support/decider-spec.js';
import { send } from '../support/engine.js';
import { meddled } from '../support/meddled-log.js';
import { MemoryFileStore } from '../support/memory-file-store.js';
import { MovingClock } from '../support/moving-clock.js';
import { loader } from '../support/recorded.js';
import { smallPlan } from '../support/small-plan.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { metadata } from './event-log/samples.js';
import { fetchAsOperator, operatorKey } from '../support/operator.js';

const length = Number(process.env.EVENTS ?? 20_000);

describe(`a stream of ${length} events`, () => {
  const figure = { plan: 'small', code: '03', unit: '331102', period: '2022' };
  const stream = 'figure-small.03.331102.2022';
  const short = { ...figure, period: '2023' };
  let folder: TemporaryFolder;
  let engine: Engine;
  /** Reads of the log since the last reset: calls of readStream, and events they returned. */
  const reads = { calls: 0, rows: 0 };

  const counted = async <T>(reading: Promise<T[]>): Promise<T[]> => {
    const found = await reading;
    reads.calls++;
    reads.rows += found.length;
    return found;
  };
  const countReads = async (work: () => Promise<unknown>) => {
    Object.assign(reads, { calls: 0, rows: 0 });
    await work();
    return { ...reads };
  };
  const correct = (of: typeof figure, value: number) =>
    send(engine, make(CorrectMeasurement, { ...of, value: String(value), reason: `改为 ${value}` }));
  /** The value of the correction at this revision. Events before the corrections have other values. */
  const valueAt = (revision: number) => String(1_000 + revision);
  let first: number;

  beforeAll(async () => {
    folder = await temporaryFolder();
    const clock = new MovingClock();
    const log = SqliteEventLog.open(folder.path('log.sqlite'), { clock });
    engine = new Engine({
      clock,
      log: meddled(log, {
        readStream: (...input) => counted(log.readStream(...input)),
        close: () => log.close(),
      }),
      store: SqliteVersionedStore.open(folder.path('views.sqlite')),
      files: new MemoryFileStore(),
    });
    await engine.start();
    await engine.submissions.submit(smallPlan());
    first = (await log.readStream(stream)).length;

    const schemaVersion = engine.catalogue.versionOf(MeasurementCorrected.name);
    let revision = first - 1;
    while (revision < length - 1) {
      const count = Math.min(limits.eventsPerAppend, length - 1 - revision);
      const events = Array.from({ length: count }, (_, index) => {
        const value = valueAt(revision + 1 + index);
        const corrected = MeasurementCorrected.of({ from: { value: '8' }, to: { value }, definitionVersion: 1 });
        const commandId = `c-${revision + 1 + index}`;
        return { ...corrected, id: randomUUID(), metadata: { ...metadata, schemaVersion, commandId } };
      });
      // Some appends have the same recorded time.
      if (revision % 3 === 0) clock.advance(1);
      ({ revision } = await engine.log.append(stream, revision, events));
    }
    await engine.caughtUp(120_000);
  }, 240_000);
  afterAll(async () => {
    await engine.close();
    await folder.remove();
  });

  it('can be read from any revision', async () => {
    for (const from of [0, 1, first, length / 2, length - 3, length - 1]) {
      const events = await engine.log.readStream(stream, { from, limit: 3 });
      const revisions = [from, from + 1, from + 2].filter((revision) => revision < length);
      expect(events.map(({ revision }) => revision)).toEqual(revisions);
    }
    expect(await engine.log.readStream(stream, { from: length })).toEqual([]);
    expect(await engine.log.readStream(stream)).toHaveLength(Math.min(length, limits.eventsPerRead));
  });

  it('shows its figure as of any of its events', async () => {
    for (const revision of [first, first + 1, length / 4, length / 2, length - 1]) {
      const [event] = await engine.log.readStream(stream, { from: revision, limit: 1 });
      const { position } = event!;
      const shown = await engine.views.get(figureProjection, figureKey(figure), { position });
      expect(shown).toMatchObject({ position, body: { latest: { reported: { value: valueAt(revision) } } } });
    }
  });

  it('needs no more reads per command than a short stream, once it is loaded', async () => {
    await send(engine, make(CorrectMeasurement, { ...figure, value: '1', reason: '首次' }));
    const supplied = { ...short, value: '1' };
    await send(engine, make(MeasureIndicator, supplied));
    await correct(short, 2);

    const onShort = await countReads(() => correct(short, 3));
    for (let time = 0; time < 5; time++) {
      expect(await countReads(() => correct(figure, 10 + time))).toEqual(onShort);
    }
    expect(onShort.rows).toBeLessThanOrEqual(2);

    // Repeating its oldest command does not read the whole stream again, either.
    const about = { stream, command: {}, commandType: 'Any', known: async () => undefined };
    const again = countReads(() =>
      engine.handling
        .handle({ ...about, decider: figureDecider as never }, { commandId: `c-${first}`, actor: loader })
        .catch((error: unknown) => expect(error).toMatchObject({ code: 'command.id-reused' })),
    );
    expect((await again).rows).toBeLessThanOrEqual(1 + limits.eventsPerAppend);
  });

  it('is loaded only once per handler', async () => {
    const handling = new CommandHandling(engine.log, engine.catalogue, engine.clock);
    const head = (await engine.log.readStream(stream, { from: length })).length + length;
    const load = () => countReads(() => handling.load(figureDecider, stream));
    expect((await load()).rows).toBe(head);
    expect((await load()).rows).toBe(0);
  });

  it('has an audit trail in pages, and reads only the events of a page', async () => {
    const trail = new Trail(engine.log, engine.views, engine.catalogue);
    const [middle] = await engine.log.readStream(stream, { from: length / 2, limit: 1 });
    const { calls, rows } = await countReads(() =>
      trail.ofStreams([stream], {}, { after: middle!.position, limit: 100 }),
    );
    // The position of the cursor is found by binary search.
    expect(calls).toBeLessThanOrEqual(2 + 2 * Math.ceil(Math.log2(length)));
    expect(rows).toBeLessThanOrEqual(101 + calls);

    const server = await createServer(engine, { operatorKey });
    try {
      const address = await server.listen(0, '127.0.0.1');
      const page = async (query: string) => {
        const url = `${address}/api/plans/small/figures/03/331102/2022/trail?${query}`;
        const response = await fetchAsOperator(url);
        const next = /cursor=(\d+)/.exec(response.headers.get('link') ?? '')?.[1];
        return { entries: (await response.json()) as TrailEntry[], next };
      };
      const start = await page('');
      expect(start.entries.map(({ revision }) => revision)).toEqual(Array.from({ length: 1_000 }, (_, at) => at));
      expect(start.next).toBe(start.entries.at(-1)!.position);
      const second = await page(`cursor=${start.next}&limit=3`);
      expect(second.entries.map(({ revision, from, to }) => [revision, from, to])).toEqual(
        [1_000, 1_001, 1_002].map((revision) => [
          revision,
          `${valueAt(revision - 1)} · 待审核`,
          `${valueAt(revision)} · 待审核`,
        ]),
      );
      const [last] = await engine.log.readStream(stream, { from: length - 2, limit: 1 });
      const end = await page(`cursor=${last!.position}`);
      expect(end.next).toBeUndefined();
      expect(end.entries[0]).toMatchObject({ revision: length - 1, to: `${valueAt(length - 1)} · 待审核` });
      expect((await page(`cursor=${2 * length}`)).entries).toEqual([]);
    } finally {
      await server.close();
    }
  });

  it('has an audit trail by actor in pages', async () => {
    const trail = new Trail(engine.log, engine.views, engine.catalogue);
    let cursor: string | undefined;
    const seen: number[] = [];
    for (let page = 0; page < 3; page++) {
      const { rows } = await countReads(async () => {
        const { entries, next } = await trail.page('small', { actors: [metadata.actor.id] }, { cursor, limit: 50 });
        cursor = next;
        seen.push(...entries.map(({ revision }) => revision));
      });
      expect(rows).toBeLessThanOrEqual(2 * 51);
    }
    expect(seen).toEqual(Array.from({ length: 150 }, (_, at) => first + at));
  });
});
