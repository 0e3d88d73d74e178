import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { readConfig } from '../../src/config.js';
import type { CommandAnswer } from '../../src/http/api-models.js';
import type { SystemStatus } from '../../src/http/system.controller.js';
import { openEngine } from '../../src/engine.js';
import { faults, type Call, type Fault } from '../eventstoredb/faults.js';
import { startEventStore, type EventStore } from '../eventstoredb/server.js';
import { Chance } from '../support/chance.js';
import { startProgramIn } from '../support/program.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { lishui } from '../support/seeds.js';
import { until } from '../support/until.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { exportedEvents } from './busy-clerks.js';
import { expectViewsAsRebuilt } from './rebuilt.js';
import { fetchAsOperator } from '../support/operator.js';

const commands = Number(process.env.COMMANDS ?? 3_000);
const seed = Number(process.env.SEED ?? Date.now() % 1e9);
const writers = 64;

const headers = {
  'content-type': 'application/json',
};

interface Instance {
  readonly role: string;
  readonly child: ChildProcess;
  readonly url: string;
  stderr: string;
}

/** Two web instances and two projectors on one log and one store, both of which fail in all possible ways. */
describe(`two webs and two projectors under faults (SEED=${seed}, COMMANDS=${commands})`, () => {
  const chance = new Chance(seed);
  let folder: TemporaryFolder;
  let log: EventStore;
  let redis: TestRedis;
  const instances: Instance[] = [];
  const acknowledged = new Map<string, CommandAnswer>();
  const memory = new Map<string, number[]>();

  beforeAll(async () => {
    folder = await temporaryFolder();
    [log, redis] = await Promise.all([startEventStore(), startRedis({ appendonly: 'yes', appendfsync: 'always' })]);
    const environment = { TONGJIAN_EVENT_LOG: log.url, TONGJIAN_VIEWS: redis.url };
    await Promise.all(
      ['projector', 'projector', 'web', 'web'].map(async (role) => {
        const args = ['--role', role, '--no-demo'];
        const { child, url } = await startProgramIn(environment, folder.path('data'), ...args);
        const instance = { role, child, url: new URL(url).origin, stderr: '' };
        instances.push(instance);
        child.stderr!.on('data', (chunk: Buffer) => (instance.stderr += chunk.toString()));
      }),
    );
  }, 180_000);
  afterAll(async () => {
    for (const { child } of instances) child.kill('SIGKILL');
    await Promise.all([log.stop(), redis.remove()]);
    await folder.remove();
  });

  /** One call in this many fails. Lost replies are rarer, because each takes until its timeout. */
  const rate: Readonly<Record<Call, number>> = { append: 1_000, read: 3_000, subscribe: 3 };
  function misbehave(call: Call): Fault | undefined {
    if (chance.below(rate[call]) > 0) return undefined;
    const fault = chance.of(faults.filter((fault) => fault !== 'deny'));
    return fault === 'lose' && chance.below(4) > 0 ? 'delay' : fault;
  }

  /** From time to time the whole log or the whole store is unavailable for up to a second. */
  async function outages(isOver: () => boolean): Promise<void> {
    const outage: readonly (() => Promise<unknown>)[] = [
      async () => {
        await log.stop();
        await delay(chance.below(1_000));
        await log.start();
      },
      async () => {
        await redis.kill();
        await delay(chance.below(1_000));
        await redis.restart();
      },
      async () => {
        redis.pause();
        await delay(chance.below(1_000));
        redis.resume();
      },
      async () => log.dropConnections(),
    ];
    while (!isOver()) {
      await delay(4_000 + chance.below(10_000));
      if (!isOver()) await chance.of(outage)();
    }
  }

  /**
   * Writes to its own figure repeatedly, through either web instance. An unacknowledged command is sent again
   * unchanged.
   */
  async function write(writer: number, count: number): Promise<void> {
    const webs = instances.filter(({ role }) => role === 'web');
    const figure = `${lishui}/figures/04/331102/${1960 + writer}`;
    for (let step = 0; step < count; step++) {
      const key = `writer-${writer}-${step}`;
      const path = step === 0 ? 'measurement' : 'corrections';
      const value = String(10_000 + step);
      const body = JSON.stringify({ value, [step === 0 ? 'exception' : 'reason']: `改为 ${value}` });
      for (;;) {
        try {
          const response = await fetchAsOperator(`${webs[chance.below(2)]!.url}/api/plans/${figure}/${path}`, {
            method: 'POST',
            headers: { ...headers, 'Idempotency-Key': key },
            body,
          });
          const text = await response.text();
          if (response.ok) {
            acknowledged.set(key, JSON.parse(text) as CommandAnswer);
            break;
          }
          if (response.status !== 503) throw new Error(`${key}: ${response.status} ${text}`);
          expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
        } catch (error) {
          // A broken connection to the web instance: the outcome is as unknown as after a 503.
          if (!(error instanceof TypeError)) throw error;
        }
        await delay(100);
      }
    }
  }

  function recordMemory(): void {
    for (const { role, child } of instances) {
      const name = `${role} ${child.pid}`;
      const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      memory.set(name, [...(memory.get(name) ?? []), Number(rss) / 1024]);
    }
  }

  it('every command is eventually acknowledged', async () => {
    log.misbehave = misbehave;
    let over = false;
    const failing = outages(() => over);
    const watching = (async () => {
      while (!over) {
        recordMemory();
        await delay(1_000);
      }
    })();
    const each = Math.ceil(commands / writers);
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer, each)));
    over = true;
    await Promise.all([failing, watching]);
    log.misbehave = () => undefined;
    expect(acknowledged.size).toBe(each * writers);
  }, 600_000);

  it('each command is in the log once, with all events of its acknowledgement', async () => {
    const web = instances.find(({ role }) => role === 'web')!;
    const events = (await exportedEvents(web.url)).filter(({ metadata }) => metadata.commandId.startsWith('writer-'));
    const byCommand = new Map<string, string[]>();
    for (const { id, metadata } of events) {
      byCommand.set(metadata.commandId, [...(byCommand.get(metadata.commandId) ?? []), id]);
    }
    expect(byCommand.size).toBe(acknowledged.size);
    for (const [key, answer] of acknowledged) {
      expect(byCommand.get(key)).toEqual(answer.events.map(({ id }) => id));
    }
  });

  it('all instances recover, and all views equal a fresh rebuild', async () => {
    for (const { url } of instances) {
      let status: SystemStatus | undefined;
      const isHealthy = async () => {
        status = (await (await fetchAsOperator(`${url}/api/status`)).json()) as SystemStatus;
        return status.ready && !status.failure && !status.refusing && status.views.every(({ caughtUp }) => caughtUp);
      };
      await until(isHealthy, 30_000).catch(() => expect(status).toBe('healthy'));
    }
    const environment = { TONGJIAN_EVENT_LOG: log.url, TONGJIAN_VIEWS: redis.url, TONGJIAN_ROLE: 'web' };
    const engine = openEngine(readConfig(environment, { data: folder.path('data') }));
    try {
      await expectViewsAsRebuilt(engine);
    } finally {
      await engine.close();
    }
  });

  it('no instance crashed, had an unhandled rejection, or leaked memory or connections', async () => {
    for (const { child, stderr } of instances) {
      expect({ exit: child.exitCode, signal: child.signalCode }).toEqual({ exit: null, signal: null });
      expect(stderr).not.toMatch(/unhandled|uncaught|MaxListeners/i);
    }
    for (const [name, sizes] of memory) {
      expect({ name, peak: Math.max(...sizes) > 600 }).toEqual({ name, peak: false });
    }
    // Each projector has one subscription; each instance that has appended has one connection for appends.
    await until(() => log.open() <= 6);
    const clients = (await redis.client.client('LIST')) as string;
    expect(clients.split('\n').filter((line) => line.includes('name=tongjian')).length).toBeLessThanOrEqual(4);
  });

  it('each instance ends cleanly on SIGTERM', async () => {
    for (const { child } of instances) child.kill('SIGTERM');
    for (const { child } of instances) {
      if (child.exitCode === null) await once(child, 'exit');
      expect(child.exitCode).toBe(0);
    }
  });
});
