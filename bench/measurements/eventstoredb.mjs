import { EventStoreDBClient, jsonEvent, streamNameFilter } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { newEvent, PlanShape } from '../data.mjs';
import { built } from '../engine.mjs';
import { eventStoreServer } from '../eventstore-server.mjs';
import { emptyFolder, inTurns, round, timesFaster } from '../harness.mjs';

const { openEngine } = await built('engine');
const { openEventStoreDb } = await built('operations/adapters');
const { readConfig } = await built('config');

export const title = 'The log on EventStoreDB, beside its client alone';

const inFlight = 64;
const eventsInBatch = 500;
const batchesAtOnce = 4;

const measured = () => newEvent('IndicatorMeasured', { reported: { value: '1234' }, definitionVersion: 1 });
const batch = () => Array.from({ length: eventsInBatch }, measured);
const newStream = () => `figure-bench.${randomUUID()}`;

/** Performs `count` calls, `size` of them at a time. */
async function keepUnderWay(size, count, call) {
  let left = count;
  await Promise.all(
    Array.from({ length: size }, async () => {
      while (left-- > 0) await call();
    }),
  );
}

/** The EventStoreDB client used directly, without the checks of our adapter. */
function bareClient(url) {
  const client = EventStoreDBClient.connectionString(url);
  return {
    name: 'the client alone',
    append: (events) =>
      client.appendToStream(newStream(), events.map(jsonEvent), {
        expectedRevision: 'no_stream',
        requiresLeader: true,
      }),
    async readAll(count) {
      let read = 0;
      for await (const { event } of client.readAll({ maxCount: 2 * count, requiresLeader: true })) {
        if (!event.type.startsWith('$') && ++read === count) return;
      }
    },
    async catchUp(count) {
      const subscription = client.subscribeToAll({
        filter: streamNameFilter({ regex: '^[^$]' }),
        requiresLeader: true,
      });
      const events = subscription[Symbol.asyncIterator]();
      for (let read = 0; read < count; read++) await events.next();
      await subscription.unsubscribe();
    },
    close: () => client.dispose(),
  };
}

function tongjian(url) {
  const log = openEventStoreDb(url, 'TONGJIAN_EVENT_LOG');
  return {
    name: 'Tongjian',
    append: (events) => log.append(newStream(), 'none', events),
    async readAll(count) {
      for (let read = 0, after; read < count;) {
        const page = await log.readAll({ after, limit: Math.min(1_000, count - read) });
        read += page.length;
        after = page.at(-1).position;
      }
    },
    async catchUp(count) {
      const enough = new AbortController();
      let read = 0;
      for await (const events of log.subscribe(undefined, enough.signal)) {
        read += events.length;
        if (read >= count) enough.abort();
      }
    },
    close: () => log.close(),
  };
}

/** Imports a folder of figures into an empty plan. */
async function imported(parent, url, quick) {
  const shape = new PlanShape({ indicators: 20, units: quick ? 10 : 50, periods: 10 });
  const data = emptyFolder(parent, 'eventstore-engine');
  const engine = openEngine(readConfig({ TONGJIAN_EVENT_LOG: url }, { data }));
  await engine.start();
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const first = {};
  await engine.submissions.submit(shape.files({ history: true }), (step) => (first[step] ??= seconds()));
  const written = seconds();
  await engine.caughtUp(600_000);
  const total = seconds();
  await engine.close();
  const figures = shape.figures.length;
  const row = (name, duration) => ({ name, seconds: round(duration), 'median /s': round(figures / duration) });
  return [
    row('import: read, checked and decided', first['写入']),
    row('import: appended', written - first['写入']),
    row(`import: ${figures} figures, until the views show them`, total),
  ];
}

export async function measure({ parent, quick }) {
  const server = await eventStoreServer(parent);
  // The import comes first, because an engine reads the whole log.
  const importing = await imported(parent, server.url, quick);
  const contenders = [bareClient(server.url), tongjian(server.url)];
  const rounds = quick ? 3 : 9;
  const single = quick ? 1_000 : 4_000;
  const batched = (quick ? 8 : 40) * eventsInBatch;
  const read = quick ? 4_000 : 40_000;
  const turns = (count, work) =>
    inTurns(
      rounds,
      contenders.map((contender) => ({ name: contender.name, count, run: () => work(contender) })),
    );

  // Batches come before the reads, so that there are events to read.
  const batches = await turns(batched, ({ append }) =>
    keepUnderWay(batchesAtOnce, batched / eventsInBatch, () => append(batch())),
  );
  const singles = await turns(single, ({ append }) => keepUnderWay(inFlight, single, () => append([measured()])));
  const reads = await turns(read, ({ readAll }) => readAll(read));
  const following = await turns(read, ({ catchUp }) => catchUp(read));
  for (const { close } of contenders) await close();
  await server.stop();

  const sections = [
    [`single appends, ${inFlight} in flight`, singles, 0.8],
    [`appends of ${eventsInBatch} events, ${batchesAtOnce} in flight`, batches, 0.7],
    ['the whole log read', reads, 0.7],
    ['a subscription catching up', following, 0.7],
  ];
  return {
    rows: [
      ...sections.flatMap(([what, results]) =>
        results.map((result) => ({
          name: `${what}: ${result.name}`,
          'median /s': round(result.median),
          'best /s': round(result.best),
          '× the client': timesFaster(result, results[0]),
        })),
      ),
      ...importing,
    ],
    goals: sections.map(([name, [bare, ours], goal]) => ({
      name,
      goal: `≥ ${goal} ×`,
      value: timesFaster(ours, bare),
      met: (times) => times >= goal,
    })),
  };
}
