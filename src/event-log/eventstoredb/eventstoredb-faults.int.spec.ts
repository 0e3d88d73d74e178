import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { measured, newStream, several } from '../../../test/contract/event-log/samples.js';
import type { Call, Fault } from '../../../test/eventstoredb/faults.js';
import { startEventStore, type EventStore } from '../../../test/eventstoredb/server.js';
import { until } from '../../../test/support/until.js';
import { EventLogDamaged, EventLogUnavailable, type EventLog } from '../../kernel/event-log.js';
import type { RecordedEvent } from '../../kernel/event.js';
import { withRepeatedAppends } from '../../kernel/repeated-appends.js';
import { EventStoreDbAddressError } from './client.js';
import { EventStoreDbEventLog } from './eventstoredb-event-log.js';

let server: EventStore;
let log: EventStoreDbEventLog;
beforeAll(async () => {
  server = await startEventStore();
});
afterAll(() => server.stop());
beforeEach(() => {
  log = EventStoreDbEventLog.open(server.url);
});
afterEach(async () => {
  server.misbehave = () => undefined;
  await log.close();
  await until(() => server.open() === 0);
});

/** The next so many calls of a kind go wrong, and then no more. */
function next(call: Call, fault: Fault, times = 1): void {
  let left = times;
  server.misbehave = (asked) => (asked === call && left-- > 0 ? fault : undefined);
}
const idsOf = async (stream: string) => (await log.readStream(stream)).map(({ id }) => id);

describe('an append', () => {
  it.each(['drop', 'drop-after', 'not-leader', 'refuse', 'time-out'] as const)(
    'met by %s says that it is not known, and is stored once by the same append again',
    async (fault) => {
      const [stream, events] = [newStream(), several(3)];
      await log.head();
      next('append', fault);
      await expect(log.append(stream, 'none', events)).rejects.toThrow(EventLogUnavailable);
      const answer = await withRepeatedAppends(log).append(stream, 'none', events);
      expect(answer.revision).toBe(2);
      expect(await idsOf(stream)).toEqual(events.map(({ id }) => id));
      expect((await log.readStream(stream)).at(-1)!.position).toBe(answer.position);
    },
  );

  it('whose reply is lost is given up in time, and found stored', async () => {
    const [stream, event] = [newStream(), measured()];
    await log.head();
    next('append', 'lose');
    await expect(log.append(stream, 'none', [event])).rejects.toThrow(/no answer within/);
    expect(await log.append(stream, 'none', [event])).toMatchObject({ revision: 0 });
    expect(await idsOf(stream)).toEqual([event.id]);
  });

  it('that times out at once hints at the clock', async () => {
    next('append', 'time-out');
    await expect(log.append(newStream(), 'none', [measured()])).rejects.toThrow(/is the clock of this machine behind/);
  });

  it('of many at once is stored once each while connections break', async () => {
    let calls = 0;
    server.misbehave = (call) => (call === 'append' && ++calls % 40 === 20 ? 'drop-after' : undefined);
    const patient = withRepeatedAppends(log);
    const appends = Array.from({ length: 200 }, () => ({ stream: newStream(), event: measured() }));
    await Promise.all(appends.map(({ stream, event }) => patient.append(stream, 'none', [event])));
    server.misbehave = () => undefined;
    for (const { stream, event } of appends) expect(await idsOf(stream)).toEqual([event.id]);
  });

  it('to a server that is away fails, and the next one is stored once it is back', async () => {
    const [stream, event] = [newStream(), measured()];
    await log.append(stream, 'none', [event]);
    await server.stop();
    await expect(log.append(newStream(), 'none', [measured()])).rejects.toThrow(EventLogUnavailable);
    await expect(log.readStream(stream)).rejects.toThrow(EventLogUnavailable);
    await server.start();
    await until(async () => (await log.readStream(stream).catch(() => [])).length === 1);
    expect(await withRepeatedAppends(log).append(stream, 0, [measured()])).toMatchObject({ revision: 1 });
  });

  it('that another process made meanwhile is told from one of our own', async () => {
    const stream = newStream();
    await log.append(stream, 'none', [measured()]);
    const other = EventStoreDBClient.connectionString(server.url);
    await other.appendToStream(stream, jsonEvent({ type: 'Other', data: {}, metadata: { schemaVersion: 1 } }), {
      expectedRevision: 0n,
    });
    await other.dispose();
    await expect(log.append(stream, 0, [measured()])).rejects.toMatchObject({ expected: 0, actual: 1 });
  });
});

describe('a read', () => {
  it.each(['drop', 'not-leader', 'refuse'] as const)('met by %s is asked again', async (fault) => {
    const [stream, event] = [newStream(), measured()];
    await log.append(stream, 'none', [event]);
    next('read', fault, 2);
    expect(await idsOf(stream)).toEqual([event.id]);
  });

  it('of a server that stays away ends', async () => {
    await log.head();
    next('read', 'refuse', 100);
    await expect(log.head()).rejects.toThrow(EventLogUnavailable);
  });

  it('leaves nothing open, however it ends', async () => {
    const stream = newStream();
    await log.append(stream, 'none', several(50));
    for (let turn = 0; turn < 150; turn++) {
      if (turn % 3 === 0) next('read', 'drop-after');
      await log.readStream(stream, { limit: 3 });
    }
    expect(await log.readStream(stream)).toHaveLength(50);
    // What is left is the way that appends take.
    await until(() => server.open() <= 1);
  });

  it('passes by whole pages of what the server writes about itself', async () => {
    const before = (await log.head())!;
    const client = EventStoreDBClient.connectionString(server.url);
    for (let at = 0; at < 60; at++) {
      await client.appendToStream('$statistics', jsonEvent({ type: '$stats', data: {} }));
    }
    await client.dispose();
    expect(await log.head()).toBe(before);
    expect(await log.readAll({ after: before, limit: 7 })).toEqual([]);
    const stream = newStream();
    const { position } = await log.append(stream, 'none', [measured()]);
    expect((await log.readAll({ after: before, limit: 7 })).map((event) => event.position)).toEqual([position]);
  });
});

describe('a subscription', () => {
  /** Follows as the projector does: where it ends, it begins again after the last it had. */
  async function follow(seen: RecordedEvent[], signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const events of log.subscribe(seen.at(-1)?.position ?? start, signal)) seen.push(...events);
      } catch (error) {
        expect(error).toBeInstanceOf(EventLogUnavailable);
      }
    }
  }
  let start: string | undefined;

  it.each([
    ['drop-after', 1],
    ['drop', 3],
    ['refuse', 3],
    ['not-leader', 1],
    ['lose', 1],
  ] as const)('met by %s brings every event once and in order', async (fault, times) => {
    start = await log.head();
    const stop = new AbortController();
    const seen: RecordedEvent[] = [];
    next('subscribe', fault, times);
    const following = follow(seen, stop.signal);
    const stream = newStream();
    const ids: string[] = [];
    for (let revision = 0; revision < 60; revision++) {
      const event = measured();
      ids.push(event.id);
      await withRepeatedAppends(log).append(stream, revision === 0 ? 'none' : revision - 1, [event]);
    }
    await until(() => seen.length >= 60);
    stop.abort();
    await following;
    expect(seen.map(({ id }) => id)).toEqual(ids);
  });

  it('outlives a server that goes and comes', async () => {
    start = await log.head();
    const stop = new AbortController();
    const seen: RecordedEvent[] = [];
    const following = follow(seen, stop.signal);
    await log.append(newStream(), 'none', several(2));
    await until(() => seen.length === 2);
    await server.stop();
    await server.start();
    const patient: EventLog = withRepeatedAppends(log);
    await patient.append(newStream(), 'none', several(2));
    await until(() => seen.length === 4);
    stop.abort();
    await following;
  });
});

it.each(['esdb://', 'esdb://a,b?tls=maybe', 'esdb://host:2113?tls=true&tlsCAFile=/no/such/file'])(
  'refuses the address %s at once',
  (url) => {
    expect(() => EventStoreDbEventLog.open(url)).toThrow(EventStoreDbAddressError);
  },
);

// Last, for the log stays as it is then.
it('stops at an event that no Tongjian wrote, naming its position', async () => {
  const after = await log.head();
  const client = EventStoreDBClient.connectionString(server.url);
  const { position } = await client.appendToStream('other-app', jsonEvent({ type: 'Other', data: {} }));
  await client.dispose();
  await expect(log.readAll({ after })).rejects.toMatchObject({
    name: EventLogDamaged.name,
    position: String(position!.commit),
  });
});
