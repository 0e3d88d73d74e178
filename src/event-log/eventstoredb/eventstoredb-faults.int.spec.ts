import { setImmediate as nextTurn } from 'node:timers/promises';
import { measured, newStream, ofSize, several } from '../../../test/contract/event-log/samples.js';
import { next, type Fault } from '../../../test/eventstoredb/faults.js';
import { startEventStore, type EventStore } from '../../../test/eventstoredb/server.js';
import { until } from '../../../test/support/until.js';
import { EventLogDamaged, EventLogUnavailable } from '../../kernel/event-log.js';
import type { RecordedEvent } from '../../kernel/event.js';
import { EventStoreDbEventLog, type Patience } from './eventstoredb-event-log.js';

/** No fault of the server or the network loses or duplicates an event, or is reported as another fault. */
describe('EventStoreDbEventLog, when things go wrong', () => {
  let server: EventStore;
  let log: EventStoreDbEventLog;
  let opened: EventStoreDbEventLog[];
  let now: number | undefined;

  function open(patience: Partial<Patience> = {}): EventStoreDbEventLog {
    const log = EventStoreDbEventLog.open(server.url, patience);
    opened.push(log);
    return log;
  }

  /** Repeats nothing, and waits only briefly for an answer that will not arrive. Other waits are as usual: the machine may be busy. */
  const openFor = (fault: Fault, call: 'append' | 'read') =>
    open({ repeat: 0, ...((fault === 'lose' || fault === 'garble') && { [call]: 400 }) });

  beforeAll(async () => {
    server = await startEventStore({ now: () => now ?? Date.now() });
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    now = undefined;
    opened = [];
    log = open({ silence: 200 });
    await log.head();
  });
  afterEach(async () => {
    server.misbehave = () => undefined;
    server.stall(false);
    for (const each of opened) await each.close();
    await until(() => server.open() === 0 && server.connections() === 0);
  });

  const idsOf = async (stream: string) => (await log.readStream(stream)).map(({ id }) => id);

  describe('an append', () => {
    it.each([
      ['drop', false],
      ['not-leader', false],
      ['no-leader', false],
      ['refuse', false],
      ['deny', false],
      ['time-out', false],
      ['not-leader-unnamed', false],
      ['drop-after', true],
      ['time-out-after', true],
      ['lose', true],
      ['garble', true],
    ] as const)(
      'met by %s says that it may be stored, and is stored once when it is repeated',
      async (fault, stored) => {
        const [stream, events, { append: appends }] = [newStream(), several(3), { ...server.calls }];
        await log.append(stream, 'none', several(1));
        const asked = openFor(fault, 'append');
        server.misbehave = next(1, 'append', fault);
        await expect(asked.append(stream, 0, events)).rejects.toThrow(EventLogUnavailable);
        await until(() => server.calls.append === appends + 2);
        expect(server.ledger.stream(stream)).toHaveLength(stored ? 4 : 1);

        const answer = await log.append(stream, 0, events);
        const standing = await log.readStream(stream);
        expect(answer).toEqual({ revision: 3, position: standing.at(-1)!.position });
        expect(standing.slice(1).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
      },
    );

    it.each(['drop', 'drop-after', 'time-out', 'time-out-after', 'no-leader', 'refuse'] as const)(
      'met by %s is repeated, and its caller does not notice',
      async (fault) => {
        let repeats = 0;
        const counting = EventStoreDbEventLog.open(server.url, {}, () => repeats++);
        opened.push(counting);
        const [stream, events] = [newStream(), several(3)];
        server.misbehave = next(2, 'append', fault);
        const answer = await counting.append(stream, 'none', events);
        const standing = await log.readStream(stream);
        expect(answer).toEqual({ revision: 2, position: standing.at(-1)!.position });
        expect(standing.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
        expect(repeats).toBeGreaterThan(0);
      },
    );

    it('is answered with one result when it is made fifteen times at once, though some exceed the deadline', async () => {
      const [stream, events] = [newStream(), several(2)];
      let calls = 0;
      server.misbehave = (call) => {
        if (call !== 'append' || ++calls > 15) return undefined;
        return (['time-out-after', undefined, 'time-out'] as const)[calls % 3];
      };
      const appends = Array.from({ length: 15 }, () => log.append(stream, 'none', events));
      const [first, ...others] = await Promise.all(appends);
      expect(others).toEqual(others.map(() => first));
      expect(await idsOf(stream)).toEqual(events.map(({ id }) => id));
      expect(calls).toBe(25);
    });

    it.each([
      ['deny', /ACL of \$all/],
      ['lose', /no answer within/],
      ['refuse', /Server Is Not Ready/],
      ['no-leader', /No leader info/],
    ] as const)('met by %s says why', async (fault, why) => {
      server.misbehave = next(1, 'append', fault);
      const asked = openFor(fault, 'append');
      await expect(asked.append(newStream(), 'none', [measured()])).rejects.toThrow(why);
    });

    it('of a machine whose clock is behind says so', async () => {
      now = Date.now() + 20_000;
      const append = open({ repeat: 0 }).append(newStream(), 'none', [measured()]);
      await expect(append).rejects.toThrow(/is the clock of this machine behind/);
      await expect(append).rejects.toThrow(EventLogUnavailable);
    });

    it('of many at once is stored once each while connections break', async () => {
      let calls = 0;
      server.misbehave = (call) => (call === 'append' && ++calls % 40 === 20 ? 'drop-after' : undefined);
      const appends = Array.from({ length: 200 }, () => ({ stream: newStream(), event: measured() }));
      await Promise.all(appends.map(({ stream, event }) => log.append(stream, 'none', [event])));
      server.misbehave = () => undefined;
      for (const { stream, event } of appends) expect(await idsOf(stream)).toEqual([event.id]);
    });

    it('of a thousand at once is not late because of the others', async () => {
      const appends = Array.from({ length: 1_000 }, () => log.append(newStream(), 'none', several(3)));
      for (const { revision } of await Promise.all(appends)) expect(revision).toBe(2);
    });

    // In the following two cases the unchanged client would end the process.
    it('of one server is neither lost nor doubled when the connection to another breaks', async () => {
      const other = await startEventStore();
      const elsewhere = EventStoreDbEventLog.open(other.url, { repeat: 0 });
      server.misbehave = (call) => (call === 'append' ? 'delay' : undefined);
      const stream = newStream();
      await elsewhere.append(stream, 'none', [measured()]);
      const appends = Array.from({ length: 20 }, () => ({ stream: newStream(), event: measured() }));
      const waiting = appends.map(({ stream, event }) => log.append(stream, 'none', [event]));
      await until(() => appends.every(({ stream }) => server.ledger.stream(stream).length === 1));
      other.misbehave = next(1, 'append', 'drop');
      await expect(elsewhere.append(stream, 0, [measured()])).rejects.toThrow(EventLogUnavailable);

      await Promise.all(waiting);
      for (const { stream, event } of appends) expect(await idsOf(stream)).toEqual([event.id]);
      await elsewhere.close();
      await other.stop();
    });

    it('that waits among large ones when the connection breaks is only unavailable', async () => {
      const hasty = open({ repeat: 0 });
      const large = () => hasty.append(newStream(), 'none', [ofSize(500_000), ofSize(500_000)]);
      const appends = Promise.allSettled(Array.from({ length: 20 }, large));
      await until(() => server.calls.append > 0);
      server.dropConnections();
      for (const answer of await appends) {
        if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(EventLogUnavailable);
      }
      await hasty.append(newStream(), 'none', several(1)).catch(() => undefined);
      await log.append(newStream(), 'none', several(1));
    });

    it('to a server that is away fails, and is stored once it is back', async () => {
      const [stream, event] = [newStream(), measured()];
      await log.append(stream, 'none', [event]);
      await server.stop();
      const again = [measured()];
      await expect(open({ repeat: 500 }).append(stream, 0, again)).rejects.toThrow(EventLogUnavailable);
      await expect(log.readStream(stream)).rejects.toThrow(EventLogUnavailable);
      await server.start();
      expect(await log.append(stream, 0, again)).toMatchObject({ revision: 1 });
      expect(await idsOf(stream)).toEqual([event.id, again[0]!.id]);
    });
  });

  describe('a read', () => {
    it.each(['drop', 'not-leader', 'refuse'] as const)('met by %s is asked again', async (fault) => {
      const [stream, event] = [newStream(), measured()];
      await log.append(stream, 'none', [event]);
      server.misbehave = next(2, 'read', fault);
      expect(await idsOf(stream)).toEqual([event.id]);
    });

    it('that breaks off in the midst gives every event once', async () => {
      const stream = newStream();
      const events = several(50);
      await log.append(stream, 'none', events);
      server.misbehave = next(2, 'read', 'drop-after');
      expect(await idsOf(stream)).toEqual(events.map(({ id }) => id));
    });

    it.each([
      ['refuse', /Server Is Not Ready/],
      ['lose', /no answer within/],
      ['time-out', /timed out/],
      ['deny', /ACL of \$all/],
      ['no-leader', /No leader info/],
      ['not-leader-unnamed', /NOT_FOUND/],
      ['garble', /undefined in a recorded event/],
    ] as const)('met by %s for good ends, and says why', async (fault, why) => {
      server.misbehave = (call) => (call === 'read' ? fault : undefined);
      const asked = openFor(fault, 'read');
      for (const read of [() => asked.readStream(newStream()), () => asked.readAll(), () => asked.head()]) {
        const answer = read();
        await expect(answer).rejects.toThrow(why);
        await expect(answer).rejects.toThrow(EventLogUnavailable);
      }
    });

    it('leaves nothing open, however it ends', async () => {
      const stream = newStream();
      await log.append(stream, 'none', several(50));
      for (let turn = 0; turn < 150; turn++) {
        server.misbehave = turn % 3 === 0 ? next(1, 'read', 'drop-after') : () => undefined;
        await log.readStream(stream, { limit: 3 });
      }
      expect(await log.readStream(stream)).toHaveLength(50);
      // The stream of appends stays open.
      await until(() => server.open() <= 1);
    });
  });

  describe('a subscription', () => {
    /** Follows as the projector does: subscribes again after the last event it received. */
    async function follow(seen: RecordedEvent[], after: string | undefined, signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        try {
          for await (const events of log.subscribe(seen.at(-1)?.position ?? after, signal)) seen.push(...events);
        } catch (error) {
          expect(error).toBeInstanceOf(EventLogUnavailable);
          await nextTurn();
        }
      }
    }
    let stop: AbortController;
    beforeEach(() => (stop = new AbortController()));
    afterEach(() => stop.abort());

    it.each([
      ['drop-after', 1],
      ['drop', 3],
      ['refuse', 3],
      ['not-leader', 1],
      ['end', 3],
      ['lose', 2],
      ['deny', 2],
      ['time-out', 2],
      ['not-leader-unnamed', 2],
      ['garble', 2],
    ] as const)('met by %s and begun again brings every event once and in order', async (fault, times) => {
      const start = await log.head();
      const seen: RecordedEvent[] = [];
      server.misbehave = next(times, 'subscribe', fault);
      const following = follow(seen, start, stop.signal);
      const [stream, events] = [newStream(), several(60)];
      for (const [revision, event] of events.entries()) {
        await log.append(stream, revision === 0 ? 'none' : revision - 1, [event]);
      }
      await until(() => seen.length >= 60);
      stop.abort();
      await following;
      expect(seen.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    });

    it('that falls silent is lost, one where nothing happens is not', async () => {
      const batches = log.subscribe(await log.head(), stop.signal)[Symbol.asyncIterator]();
      const first = batches.next();
      const reads = server.calls.read;
      // The adapter asks a few times whether there is anything.
      await until(() => server.calls.read > reads + 3);
      await log.append(newStream(), 'none', several(1));
      expect((await first).value).toHaveLength(1);

      server.stall(true);
      const second = batches.next();
      await log.append(newStream(), 'none', several(1));
      await expect(second).rejects.toThrow(/silent, though the log has come to/);
      await expect(second).rejects.toThrow(EventLogUnavailable);
    });

    it('outlives a server that goes and comes', async () => {
      const seen: RecordedEvent[] = [];
      const following = follow(seen, await log.head(), stop.signal);
      await log.append(newStream(), 'none', several(2));
      await until(() => seen.length === 2);
      await server.stop();
      await server.start();
      await log.append(newStream(), 'none', several(2));
      await until(() => seen.length === 4);
      stop.abort();
      await following;
    });

    it('holds the server back while its events are not taken', async () => {
      const start = await log.head();
      for (let time = 0; time < 150; time++) {
        await log.append(newStream(), 'none', [ofSize(100_000), ofSize(100_000)]);
      }
      const batches = log.subscribe(start, new AbortController().signal)[Symbol.asyncIterator]();
      const before = server.sent();
      await batches.next();
      // Many other reads, during which the server could send all of it.
      for (let time = 0; time < 100; time++) await log.readStream(newStream());
      expect(server.sent() - before).toBeLessThan(200);
      await batches.return(undefined);
    });
  });

  describe('closing', () => {
    it('ends whatever is under way, and leaves no connection', async () => {
      server.misbehave = () => 'lose';
      const [stream, abort] = [newStream(), new AbortController()];
      const calls = [
        log.append(stream, 'none', several(1)),
        log.readStream(stream),
        log.readAll(),
        log.head(),
        log.subscribe(undefined, abort.signal)[Symbol.asyncIterator]().next(),
      ];
      const answers = Promise.allSettled(calls);
      await until(() => server.open() > 3);
      await log.close();
      for (const answer of await answers) {
        expect(answer).toMatchObject({ status: 'rejected', reason: { name: EventLogUnavailable.name } });
      }
      await until(() => server.open() === 0 && server.connections() === 0);
    });

    it('leaves the others of the same address alone', async () => {
      const other = open();
      await other.append(newStream(), 'none', several(1));
      expect(server.connections()).toBe(1);
      await other.close();
      await log.append(newStream(), 'none', several(1));
    });
  });

  it('takes a stream that somebody deleted for damage', async () => {
    const start = (await log.head())!;
    const [ended, anew] = [newStream(), newStream()];
    for (const stream of [ended, anew]) await log.append(stream, 'none', several(2));
    server.ledger.tombstone(ended);
    await expect(log.readStream(ended)).rejects.toThrow(`stream ${ended} was deleted`);
    await expect(log.append(ended, 1, several(1))).rejects.toThrow(EventLogDamaged);

    server.ledger.delete(anew);
    await expect(log.append(anew, 'none', several(1))).rejects.toThrow(/begun anew at 2/);
    await expect(log.readStream(anew)).rejects.toThrow(EventLogDamaged);
    expect(await log.readStream(anew, { from: 2 })).toHaveLength(1);
    // The whole log still has them.
    expect((await log.readAll({ after: start })).filter(({ stream }) => stream === ended)).toHaveLength(2);
  });
});
