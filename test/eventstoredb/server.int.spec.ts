import {
  AccessDeniedError,
  DeadlineExceededError,
  END,
  EventStoreDBClient,
  excludeSystemEvents,
  jsonEvent,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { startEventStoreProcess } from './process.js';
import { temporaryFolder } from '../temporary-folder.js';
import { until } from '../support/until.js';
import { next } from './faults.js';
import { startEventStore, type EventStore } from './server.js';

const event = (data: object = { value: '10980' }, id: string = randomUUID()) =>
  jsonEvent({ id, type: 'Measured', data: data as never });
const several = (count: number) => Array.from({ length: count }, (_, index) => event({ value: String(index) }));
const newStream = () => `figure-${randomUUID()}`;

async function all<Event>(read: AsyncIterable<Event>): Promise<Event[]> {
  const events: Event[] = [];
  for await (const event of read) events.push(event);
  return events;
}

/** The client of EventStoreDB itself finds the server to be one. */
describe('the EventStoreDB of the tests', () => {
  let server: EventStore;
  let client: EventStoreDBClient;
  let now: number | undefined;

  beforeEach(async () => {
    now = undefined;
    server = await startEventStore({ now: () => now ?? Date.now() });
    client = EventStoreDBClient.connectionString(server.url);
  });
  afterEach(async () => {
    await client.dispose();
    await server.stop();
  });

  // An append by itself is what the client makes of one with credentials of its own.
  const credentials = { username: 'admin', password: 'changeit' };
  describe.each([
    ['one of many over one call', {}, { type: 'deadline-exceeded' }],
    ['a call by itself', { credentials }, { type: 'timeout' }],
  ])('an append as %s', (_, way, timedOut) => {
    it('is answered with the revision and position of its last event', async () => {
      const stream = newStream();
      const answer = await client.appendToStream(stream, several(3), { expectedRevision: 'no_stream', ...way });
      const read = await all(client.readStream(stream));
      expect(answer).toMatchObject({ success: true, nextExpectedRevision: 2n });
      expect(read.map(({ event }) => event!.data)).toEqual([{ value: '0' }, { value: '1' }, { value: '2' }]);
      expect(read.at(-1)!.event!.position).toEqual(answer.position);
    });

    it('is answered alike when it is repeated, however late, and only so', async () => {
      const stream = newStream();
      const events = several(2);
      const options = { expectedRevision: 'no_stream' as const, ...way };
      const first = await client.appendToStream(stream, events, options);
      await client.appendToStream(stream, several(5), { expectedRevision: 1n, ...way });
      await server.stop();
      await server.start();
      await client.appendToStream(stream, events, options).catch(() => undefined);

      expect(await client.appendToStream(stream, events, options)).toEqual(first);
      // The server looks at ids, not at contents.
      const changed = events.map(({ id }) => event({ value: 'another' }, id));
      expect(await client.appendToStream(stream, changed, options)).toEqual(first);
      for (const others of [[events[0]!, event()], [...events].reverse(), [...events, event()]]) {
        const refused = client.appendToStream(stream, others, options);
        await expect(refused).rejects.toMatchObject({ actualVersion: 6n, expectedVersion: 'no_stream' });
        await expect(refused).rejects.toThrow(WrongExpectedVersionError);
      }
      expect(await all(client.readStream(stream))).toHaveLength(7);
    });

    it('stores the same ids twice where the stream stands as expected', async () => {
      const stream = newStream();
      const events = several(1);
      await client.appendToStream(stream, events, { expectedRevision: 'no_stream', ...way });
      await client.appendToStream(stream, events, { expectedRevision: 0n, ...way });
      expect(await all(client.readStream(stream))).toHaveLength(2);
    });

    it('is refused where it is too large, or the stream was ended', async () => {
      const large = event({ text: 'x'.repeat(1024 * 1024) });
      await expect(client.appendToStream(newStream(), large, way)).rejects.toThrow(MaxAppendSizeExceededError);
      const stream = newStream();
      await client.appendToStream(stream, several(2), way);
      await client.tombstoneStream(stream);
      await expect(client.appendToStream(stream, event(), way)).rejects.toThrow(StreamDeletedError);
      await expect(all(client.readStream(stream))).rejects.toThrow(StreamDeletedError);
    });

    it('goes on at the next revision in a stream that was deleted', async () => {
      const stream = newStream();
      await client.appendToStream(stream, several(2), way);
      await client.deleteStream(stream);
      await expect(all(client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
      const answer = await client.appendToStream(stream, event(), { expectedRevision: 'no_stream', ...way });
      expect(answer.nextExpectedRevision).toBe(2n);
      expect(await all(client.readStream(stream))).toHaveLength(1);
    });

    it('meets the faults that are asked for, and only those', async () => {
      const stream = newStream();
      const append = (expectedRevision: bigint | 'no_stream') =>
        client.appendToStream(stream, event(), { expectedRevision, ...way });
      server.misbehave = next(1, 'append', 'not-leader');
      await expect(append('no_stream')).rejects.toThrow(NotLeaderError);
      server.misbehave = next(1, 'append', 'refuse');
      await expect(append('no_stream')).rejects.toMatchObject({ code: 14 });
      server.misbehave = next(1, 'append', 'no-leader');
      await expect(append('no_stream')).rejects.toMatchObject({ type: 'unknown' });
      server.misbehave = next(1, 'append', 'deny');
      await expect(append('no_stream')).rejects.toThrow(AccessDeniedError);
      server.misbehave = next(1, 'append', 'drop');
      await expect(append('no_stream')).rejects.toMatchObject({ code: 14 });
      server.misbehave = next(1, 'append', 'time-out');
      await expect(append('no_stream')).rejects.toMatchObject(timedOut);
      expect(server.ledger.stream(stream)).toEqual([]);

      server.misbehave = next(1, 'append', 'drop-after');
      await expect(append('no_stream')).rejects.toMatchObject({ code: 14 });
      server.misbehave = next(1, 'append', 'time-out-after');
      await expect(append(0n)).rejects.toMatchObject(timedOut);
      server.misbehave = next(1, 'append', 'delay');
      await append(1n);
      expect(server.ledger.stream(stream)).toHaveLength(3);
      server.misbehave = next(1, 'append', 'lose');
      client.appendToStream(stream, event(), { ...way, deadline: 200 }).catch(() => undefined);
      await until(() => server.ledger.stream(stream).length === 4);
    });
  });

  it('takes an append whose deadline has passed by its clock for one that is too late', async () => {
    now = Date.now() + 20_000;
    const stream = newStream();
    await expect(client.appendToStream(stream, event())).rejects.toThrow(DeadlineExceededError);
    expect(server.ledger.stream(stream)).toEqual([]);
  });

  it('says when an event was created, to the millisecond', async () => {
    now = Date.now() - 7;
    const stream = newStream();
    await client.appendToStream(stream, event());
    const [read] = await all(client.readStream(stream));
    expect(read!.event!.created.getTime()).toBe(now);
  });

  it('reads everything either way, its own events among them, with positions of a log of bytes', async () => {
    for (let time = 0; time < 10; time++) await client.appendToStream(newStream(), several(3));
    const forwards = await all(client.readAll());
    const backwards = await all(client.readAll({ direction: 'backwards', fromPosition: END }));
    expect(backwards.map(({ event }) => event!.id)).toEqual(forwards.map(({ event }) => event!.id).reverse());
    const own = forwards.filter(({ event }) => event!.streamId.startsWith('$'));
    expect(forwards.length).toBe(30 + own.length);
    expect(own.length).toBeGreaterThan(30);

    const positions = forwards.map(({ event }) => event!.position);
    expect(positions.every(({ commit }, index) => index === 0 || commit > positions[index - 1]!.commit + 100n)).toBe(
      true,
    );
    const fromPosition = positions[40]!;
    const [at] = await all(client.readAll({ fromPosition, maxCount: 1 }));
    expect(at!.event!.position).toEqual(fromPosition);
    const [before] = await all(client.readAll({ fromPosition, maxCount: 1, direction: 'backwards' }));
    expect(before!.event!.position).toEqual(positions[39]);
    const between = { commit: fromPosition.commit + 1n, prepare: fromPosition.prepare + 1n };
    await expect(all(client.readAll({ fromPosition: between }))).rejects.toThrow('invalid position');
  });

  async function subscribed(subscription: AllStreamSubscription, count: number): Promise<AllStreamResolvedEvent[]> {
    const events: AllStreamResolvedEvent[] = [];
    for await (const event of subscription) if (events.push(event) === count) break;
    return events;
  }

  it('brings a subscription what is there and what comes, and says when it has caught up', async () => {
    const stream = newStream();
    await client.appendToStream(stream, several(3));
    const checkpoints: bigint[] = [];
    const subscription = client.subscribeToAll({
      filter: excludeSystemEvents({
        async checkpointReached(_, { commit }) {
          checkpoints.push(commit);
        },
      }),
    });
    const caughtUp = once(subscription, 'caughtUp');
    const confirmed = once(subscription, 'confirmation');
    const events = subscribed(subscription, 5);
    await confirmed;
    await caughtUp;
    await client.appendToStream(stream, several(2));
    expect((await events).map(({ event }) => event!.revision)).toEqual([0n, 1n, 2n, 3n, 4n]);
    expect(checkpoints).toHaveLength(1);
  });

  it('begins a subscription after the position it is given', async () => {
    const stream = newStream();
    const { position } = await client.appendToStream(stream, several(3));
    await client.appendToStream(stream, several(1));
    const subscription = client.subscribeToAll({ fromPosition: position, filter: excludeSystemEvents() });
    const [first] = await subscribed(subscription, 1);
    expect(first!.event!.revision).toBe(3n);
  });

  it('ends and drops subscriptions, and holds them up', async () => {
    await client.appendToStream(newStream(), several(30));
    for (const fault of ['end', 'drop-after', 'refuse'] as const) {
      server.misbehave = next(1, 'subscribe', fault);
      await expect(subscribed(client.subscribeToAll(), 1_000)).rejects.toThrow();
    }
    server.stall(true);
    const events = subscribed(client.subscribeToAll({ filter: excludeSystemEvents() }), 30);
    let isDone = false;
    void events.then(() => (isDone = true));
    await all(client.readAll());
    expect(isDone).toBe(false);
    server.stall(false);
    expect(await events).toHaveLength(30);
  });

  it('is found by gossip', async () => {
    const { host } = new URL(server.url.replace('esdb:', 'http:'));
    const cluster = EventStoreDBClient.connectionString(`esdb://${host},${host}?tls=false`);
    await cluster.appendToStream(newStream(), several(1));
    await cluster.dispose();
  });

  it('forgets no call that is open', async () => {
    const subscription = client.subscribeToAll();
    subscription.on('error', () => undefined);
    await until(() => server.open() === 1);
    await subscription.unsubscribe();
    await until(() => server.open() === 0);
    await all(client.readAll());
    await until(() => server.open() === 0);
  });
});

it('keeps in its file what a process of its own had stored when it was killed', async () => {
  const folder = await temporaryFolder();
  const file = folder.path('log.jsonl');
  let server = await startEventStoreProcess(folder.path('code'), { file });
  let client = EventStoreDBClient.connectionString(server.url);
  const stream = newStream();
  const events = several(3);
  const first = await client.appendToStream(stream, events, { expectedRevision: 'no_stream' });
  await server.kill();
  await client.dispose();

  server = await startEventStoreProcess(folder.path('code'), { file });
  client = EventStoreDBClient.connectionString(server.url);
  expect(await all(client.readStream(stream))).toHaveLength(3);
  expect(await client.appendToStream(stream, events, { expectedRevision: 'no_stream' })).toEqual(first);
  await client.dispose();
  await server.kill();
  await folder.remove();
});
