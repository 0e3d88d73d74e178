import { BACKWARDS, EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { measured, metadata, newStream, several } from '../../../test/contract/event-log/samples.js';
import { next } from '../../../test/eventstoredb/faults.js';
import { startEventStore, type EventStore } from '../../../test/eventstoredb/server.js';
import { startEventStoreProcess } from '../../../test/eventstoredb/process.js';
import { temporaryFolder } from '../../../test/temporary-folder.js';
import {
  AppendRejected,
  EventIdReused,
  EventLogDamaged,
  EventLogUnavailable,
  WrongExpectedRevision,
} from '../../kernel/event-log.js';
import type { RecordedEvent } from '../../kernel/event.js';
import { toInstant } from '../../kernel/time.js';
import { EventStoreDbAddressError } from './address.js';
import { EventStoreDbEventLog } from './eventstoredb-event-log.js';

/** What neither the server nor its client checks. */
describe('EventStoreDbEventLog', () => {
  let server: EventStore;
  let log: EventStoreDbEventLog;
  /** Another application on the same server. */
  let client: EventStoreDBClient;

  beforeEach(async () => {
    server = await startEventStore();
    log = EventStoreDbEventLog.open(server.url);
    client = EventStoreDBClient.connectionString(server.url);
  });
  afterEach(async () => {
    await client.dispose();
    await log.close();
    await server.stop();
  });

  const placeOf = (position: string) => ({ commit: BigInt(position), prepare: BigInt(position) });

  describe('ids that come again', () => {
    const changed = (events: ReturnType<typeof several>) =>
      events.map((event) => ({ ...event, data: { value: 'other' } }));

    it('with other contents are refused, also where another process wrote the first, or the log was opened anew', async () => {
      const stream = newStream();
      const events = several(2);
      const other = EventStoreDbEventLog.open(server.url);
      await other.append(stream, 'none', events);
      await other.close();
      await expect(log.append(stream, 'none', changed(events))).rejects.toThrow(EventIdReused);
      await log.append(stream, 1, several(3));
      await expect(log.append(stream, 'none', changed(events))).rejects.toThrow(events[0]!.id);
      expect(await log.append(stream, 'none', events)).toMatchObject({ revision: 1 });
    });

    it('with other contents at the same moment are refused for one of the two', async () => {
      const stream = newStream();
      const events = several(1);
      const answers = await Promise.allSettled([
        log.append(stream, 'none', events),
        log.append(stream, 'none', changed(events)),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect((answers[1] as PromiseRejectedResult).reason).toBeInstanceOf(EventIdReused);
    });

    it('with other contents are refused also where they are a part of what is appended at the same moment', async () => {
      const stream = newStream();
      await log.append(stream, 'none', several(1));
      const events = several(3);
      const answers = await Promise.allSettled([
        log.append(stream, 0, events),
        log.append(stream, 0, changed(events.slice(0, 1))),
        log.append(stream, 0, events.slice(0, 2)),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((answers[1] as PromiseRejectedResult).reason).toBeInstanceOf(EventIdReused);
      expect(await log.readStream(stream)).toHaveLength(4);
    });

    it('are looked for without reading anything where an append is new', async () => {
      const stream = newStream();
      await log.append(stream, 'none', several(2));
      const { read } = server.calls;
      for (let revision = 1; revision < 20; revision++) await log.append(stream, revision, [measured()]);
      await expect(log.append(stream, 3, several(1))).rejects.toThrow(WrongExpectedRevision);
      expect(server.calls.read).toBe(read);
    });
  });

  it('says what is too large where the server counts more than the port', async () => {
    const data = { text: 'x'.repeat(1_700) };
    const events = several(500).map((event) => ({ ...event, data, type: 'T'.repeat(200) }));
    await expect(log.append(newStream(), 'none', events)).rejects.toThrow(/more than 1048576 bytes/);
    await expect(log.append(newStream(), 'none', events)).rejects.toThrow(AppendRejected);
  });

  it('finds ten thousand streams empty over one connection', async () => {
    // In a process of its own, so that it answers while the client is busy.
    const folder = await temporaryFolder();
    const apart = await startEventStoreProcess(folder.path('code'), { file: folder.path('log') });
    const far = EventStoreDbEventLog.open(apart.url);
    for (let time = 0; time < 160; time++) {
      const found = await Promise.all(Array.from({ length: 64 }, () => far.readStream(newStream())));
      expect(found.flat()).toEqual([]);
    }
    await far.close();
    await apart.kill();
    await folder.remove();
  });

  it('stores data and metadata as JSON that anybody can read', async () => {
    const stream = newStream();
    const event = measured({ value: '10980', nested: { list: [1, null, true] } });
    await log.append(stream, 'none', [event]);
    for await (const { event: read } of client.readStream(stream, { fromRevision: START, direction: BACKWARDS })) {
      expect(read).toMatchObject({ isJson: true, data: event.data, metadata: event.metadata, type: event.type });
    }
  });

  describe('what the server writes about itself', () => {
    it('is passed by, whole pages of it too', async () => {
      server.ledger.writeAboutItself(1_200);
      expect(await log.head()).toBeUndefined();
      expect(await log.lastEvent()).toBeUndefined();
      expect(await log.lastRecordedAt()).toBeUndefined();
      expect(await log.readAll({ limit: 7 })).toEqual([]);
      const first = await log.append(newStream(), 'none', several(3));
      server.ledger.writeAboutItself(1_200);
      const second = await log.append(newStream(), 'none', several(2));
      server.ledger.writeAboutItself(1_200);

      expect(await log.head()).toBe(second.position);
      for (const limit of [1, 3, 4, 100]) {
        const positions: string[] = [];
        for (let count = -1; count !== 0;) {
          const page = await log.readAll({ after: positions.at(-1), limit });
          expect(page.length).toBe(Math.min(limit, 5 - positions.length));
          positions.push(...page.map(({ position }) => position));
          count = page.length;
        }
        expect(positions.slice(2)).toEqual([first.position, expect.anything(), second.position]);
      }
    });

    it('is looked at once, when the end of the log is asked for time and again', async () => {
      const { position } = await log.append(newStream(), 'none', several(1));
      server.ledger.writeAboutItself(3_000);
      expect(await log.head()).toBe(position);
      const before = server.sent();
      for (let time = 0; time < 10; time++) expect(await log.head()).toBe(position);
      expect(server.sent() - before).toBe(10);
      server.ledger.writeAboutItself(2);
      await log.append(newStream(), 'none', several(1));
      expect(await log.head()).not.toBe(position);
      server.ledger.writeAboutItself(2);
      expect((await log.lastEvent())!.position).toBe(await log.head());
    });

    it('is not brought to a subscription, nor is what others write into streams of the server', async () => {
      const abort = new AbortController();
      const batches = log.subscribe(undefined, abort.signal)[Symbol.asyncIterator]();
      server.ledger.writeAboutItself(100);
      await client.appendToStream('$settings', jsonEvent({ type: 'update-default-acl', data: {} }));
      const { position } = await log.append(newStream(), 'none', several(1));
      const { value } = (await batches.next()) as IteratorYieldResult<RecordedEvent[]>;
      expect(value.map((event) => event.position)).toEqual([position]);
      abort.abort();
      await batches.return(undefined);
    });
  });

  it('reads on after a position where no event is, such as one of another log', async () => {
    for (let time = 0; time < 3; time++) await log.append(newStream(), 'none', several(200));
    const all = await log.readAll();
    for (const index of [0, 150, 300, 599]) {
      const between = String(BigInt(all[index]!.position) + 1n);
      expect(await log.readAll({ after: between, limit: 2 })).toEqual(all.slice(index + 1, index + 3));
      const abort = new AbortController();
      const batches = log.subscribe(between, abort.signal)[Symbol.asyncIterator]();
      const first = batches.next();
      if (index === 599) all.push(...(await appended(several(1))));
      expect((await first).value![0]).toEqual(all[index + 1]);
      abort.abort();
      await batches.return(undefined);
    }
    const early = String(BigInt(all[0]!.position) - 1n);
    expect(await log.readAll({ after: early, limit: 1 })).toEqual(all.slice(0, 1));
    expect(await log.readAll({ after: String(10n ** 18n) })).toEqual([]);
  });

  async function appended(events: ReturnType<typeof several>): Promise<RecordedEvent[]> {
    const after = await log.head();
    await log.append(newStream(), 'none', events);
    return log.readAll({ after });
  }

  it.each([
    ['without metadata', () => jsonEvent({ type: 'Other', data: { a: 1 } })],
    ['with metadata of its own', () => jsonEvent({ type: 'Other', data: { a: 1 }, metadata: { by: 'x' } })],
    [
      'with a list for data',
      () => jsonEvent({ type: 'Other', data: [1] as never, metadata: { ...metadata } as never }),
    ],
    [
      'that is not JSON',
      () => ({
        ...jsonEvent({ type: 'Other', data: {}, metadata: { ...metadata } as never }),
        contentType: 'application/octet-stream' as const,
        data: Uint8Array.of(1, 2),
      }),
    ],
  ])('stops at an event %s, after those before it, and names its position', async (_, strange) => {
    const before = await appended(several(2));
    const stream = `order-${randomUUID()}`;
    const { position } = await client.appendToStream(stream, strange());
    const after = before[0]!.position;
    const damaged = { name: EventLogDamaged.name, position: String(position!.commit) };
    expect(await log.readAll({ after })).toEqual([before[1]]);
    await expect(log.readAll({ after: before[1]!.position })).rejects.toMatchObject(damaged);
    await expect(log.readStream(stream)).rejects.toMatchObject(damaged);
    const batches = log.subscribe(after, new AbortController().signal)[Symbol.asyncIterator]();
    expect((await batches.next()).value).toEqual([before[1]]);
    await expect(batches.next()).rejects.toMatchObject(damaged);
  });

  describe('taking over', () => {
    const then = Date.UTC(2021, 2, 1, 8);
    /** Events of three streams, alternating and in runs. */
    function elsewhere(): RecordedEvent[] {
      const streams = [newStream(), newStream(), newStream()];
      const revisions = [0, 0, 0];
      return [0, 0, 1, 0, 1, 2, 2, 2, 0, 1].map((which, index) => {
        const recordedAt = toInstant(then + 60_000 * index);
        const event = { ...measured({ value: String(index) }), stream: streams[which]!, revision: revisions[which]!++ };
        return { ...event, position: String(index + 1), recordedAt, knownAt: recordedAt };
      });
    }
    const told = ({ position: _, ...event }: RecordedEvent) => event;

    it('that was interrupted goes on where it stopped when it is repeated', async () => {
      const events = elsewhere();
      await log.head();
      let appends = 0;
      server.misbehave = (call) => (call === 'append' && ++appends === 4 ? 'drop-after' : undefined);
      const hasty = EventStoreDbEventLog.open(server.url, { repeat: 0 });
      await expect(hasty.takeOver(events)).rejects.toThrow(EventLogUnavailable);
      await hasty.close();
      const first = await log.readAll();
      expect(first.map(told)).toEqual(events.slice(0, first.length).map(told));
      expect(first.length).toBeLessThan(10);
      await log.takeOver(events);
      await log.takeOver(events);
      expect((await log.readAll()).map(told)).toEqual(events.map(told));
    });

    it('marks events for nobody but itself', async () => {
      const [event] = elsewhere();
      await log.takeOver([event!]);
      expect((await log.readAll())[0]!.metadata).toEqual(event!.metadata);
      const [raw] = server.ledger.stream(event!.stream);
      expect(Buffer.from(raw!.metadata, 'base64').toString()).toContain(
        '"tongjian.recordedAt":"2021-03-01T08:00:00.000Z"',
      );
      const marked = { ...measured(), metadata: { ...metadata, 'tongjian.recordedAt': toInstant(then) } };
      await expect(log.append(newStream(), 'none', [marked])).rejects.toThrow(AppendRejected);
    });

    it('refuses other contents under the ids that stand there', async () => {
      const [event] = elsewhere();
      await log.takeOver([event!]);
      await expect(log.takeOver([{ ...event!, data: { value: 'other' } }])).rejects.toThrow(EventIdReused);
    });
  });

  it('forgets how the log ended when another, shorter one stands in its place', async () => {
    await log.append(newStream(), 'none', several(50));
    await log.head();
    const { port } = new URL(server.url.replace('esdb:', 'http:'));
    await server.stop();
    server = await startEventStore({ port: Number(port) });
    const before = await log.head();
    expect(before).toBeUndefined();
    await client
      .appendToStream('figure-new', jsonEvent({ type: 'T', data: {}, metadata: { schemaVersion: 1 } }))
      .catch(() => 0);
    await client.appendToStream('figure-new', jsonEvent({ type: 'T', data: {}, metadata: { schemaVersion: 1 } }));
    expect(await log.lastEvent()).toMatchObject({ stream: 'figure-new' });
  });

  it('finds the leader by gossip', async () => {
    const { host } = new URL(server.url.replace('esdb:', 'http:'));
    const cluster = EventStoreDbEventLog.open(`esdb://${host},${host}?tls=false`);
    server.misbehave = next(1, 'read', 'not-leader');
    const { position } = await cluster.append(newStream(), 'none', several(1));
    expect(await log.head()).toBe(position);
    await cluster.close();
    expect(placeOf(position).commit).toBeGreaterThan(0n);
  });

  it.each([
    ['esdb://', /expected esdb/],
    ['http://localhost:2113', /expected esdb/],
    ['esdb://user:se@cret:x@host', /expected/],
    ['esdb://host:port', /port number/],
    ['esdb://host?tls=maybe', /true or false/],
    ['esdb://host?tls=true&tlsCAFile=/no/such/file', /certificate/],
    ['esdb://host?nodePreference=follower', /nodePreference/],
    ['esdb://host?throwOnAppendFailure=false', /throwOnAppendFailure/],
    ['esdb://host?tlsVerifyCert=false', /tlsVerifyCert/],
    ['esdb://host?colour=red', /colour/],
  ])('refuses the address %s at once, and names no password', (url, why) => {
    const open = () => EventStoreDbEventLog.open(url);
    expect(open).toThrow(EventStoreDbAddressError);
    expect(open).toThrow(why);
    expect(open).not.toThrow(/se@?cret/);
  });

  it('opens where no server is: the first call says so', async () => {
    const nowhere = EventStoreDbEventLog.open('esdb://127.0.0.1:9?tls=false');
    await expect(nowhere.head()).rejects.toThrow(EventLogUnavailable);
    await nowhere.close();
  });
});
