import { measured, newStream, several } from '../../../test/contract/event-log/samples.js';
import { startCluster, type EventStoreCluster } from '../../../test/eventstoredb/cluster.js';
import { next } from '../../../test/eventstoredb/faults.js';
import { until } from '../../../test/support/until.js';
import { EventLogUnavailable } from '../../kernel/event-log.js';
import { EventStoreDbEventLog, type Patience } from './eventstoredb-event-log.js';

describe('EventStoreDbEventLog on a cluster', () => {
  let cluster: EventStoreCluster;
  let opened: EventStoreDbEventLog[];
  const open = (patience: Partial<Patience> = {}) => {
    const log = EventStoreDbEventLog.open(cluster.url, patience);
    opened.push(log);
    return log;
  };

  /** No call times out, and none is repeated. */
  const untiring: Patience = { append: 60_000, repeat: 0, read: 60_000, silence: 60_000 };
  const failureOf = (log: EventStoreDbEventLog): Promise<string> =>
    log.head().then(
      () => 'answered',
      (error: Error) => error.message,
    );

  beforeEach(async () => {
    opened = [];
    cluster = await startCluster();
  });
  afterEach(async () => {
    for (const log of opened) await log.close();
    await until(() => cluster.members.every((member) => member.connections() === 0));
    await cluster.stop();
  });

  it('asks only the leader', async () => {
    const log = open();
    await log.append(newStream(), 'none', several(2));
    await log.head();
    const [leader, ...others] = cluster.members;
    expect(leader!.calls.append).toBe(1);
    expect(others.map(({ calls }) => calls)).toEqual(others.map(() => ({ append: 0, read: 0, subscribe: 0 })));
  });

  it('waits for an election, however many calls are made meanwhile, and then uses one connection', async () => {
    const log = open(untiring);
    cluster.elect(undefined);
    const stream = newStream();
    const calls = [log.append(stream, 'none', [measured()]), ...Array.from({ length: 20 }, () => log.head())];
    await until(async () => (await failureOf(open({ read: 300 }))).includes('no node of the cluster leads'));
    cluster.elect(cluster.members[1]);
    await Promise.all(calls);
    expect(cluster.ledger.stream(stream)).toHaveLength(1);
    await until(() => cluster.members.map((member) => member.connections()).join() === '0,1,0');
  });

  it('ends its calls when it is closed while nobody leads', async () => {
    const log = open(untiring);
    cluster.elect(undefined);
    const call = log.head();
    await expect(open({ read: 300 }).head()).rejects.toThrow(EventLogUnavailable);
    for (const each of opened) await each.close();
    await expect(call).rejects.toThrow('the event log was closed');
  });

  it('gives up a node that hangs, with all calls on it', async () => {
    const log = open(untiring);
    const stream = newStream();
    await log.append(stream, 'none', [measured()]);
    const following = log.subscribe(await log.head(), new AbortController().signal)[Symbol.asyncIterator]();
    const batch = following.next();
    const [hanging] = cluster.members;
    await until(() => hanging!.open() === 2);
    hanging!.hang(true);
    cluster.elect(cluster.members[1]);

    const append = log.append(stream, 0, [measured()]);
    await expect(append).rejects.toThrow('the node is silent');
    await expect(batch).rejects.toThrow('the node is silent');
    // Discovery may ask the hanging node first.
    expect(await log.readStream(stream)).toHaveLength(1);
    hanging!.hang(false);
  });

  it('waits for a node that works and is slow in answering the call', async () => {
    const log = open({ repeat: 0 });
    const stream = newStream();
    await log.append(stream, 'none', several(1));
    cluster.members[0]!.misbehave = next(1, 'append', 'lose');
    await expect(log.append(stream, 0, several(1))).rejects.toThrow('no answer within 4000 ms');
  });
});
