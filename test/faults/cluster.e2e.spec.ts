import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { FigureDocument } from '../../src/figures/figure.projection.js';
import type { CommandAnswer } from '../../src/http/api-models.js';
import { startCluster, type EventStoreCluster } from '../eventstoredb/cluster.js';
import { next, type Call, type Fault } from '../eventstoredb/faults.js';
import type { GossipFault } from '../eventstoredb/gossip.js';
import type { EventStore } from '../eventstoredb/server.js';
import { startProgramIn } from '../support/program.js';
import { lishui } from '../support/seeds.js';
import { until } from '../support/until.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { fetchAsOperator } from '../support/operator.js';

/** Milliseconds within which commands pass again once a leader is announced. */
const recovery = 5_000;

const headers = {
  'content-type': 'application/json',
};

const figure = `/api/plans/${lishui}/figures/04/331102/1990`;
const keyOf = (step: number) => `write-${step}`;
const valueOf = (step: number) => String(10_000 + step);

interface Acknowledged {
  readonly step: number;
  readonly position: string;
  readonly at: number;
}

describe('the program on a cluster whose leader is lost', () => {
  let folder: TemporaryFolder;
  let cluster: EventStoreCluster;
  let program: ChildProcess;
  let url: string;
  let said = '';
  let writing: Promise<void>;
  let isOver = false;
  const acknowledged: Acknowledged[] = [];
  const refusals: string[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    cluster = await startCluster();
    const started = await startProgramIn({ TONGJIAN_EVENT_LOG: cluster.url }, folder.path('data'), '--no-demo');
    program = started.child;
    ({ url } = started);
    program.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    writing = write();
  }, 180_000);
  afterAll(async () => {
    isOver = true;
    program.kill('SIGKILL');
    await writing;
    await cluster.stop();
    await folder.remove();
  });

  /** Reports one figure and corrects it over and over; each command is repeated until it is acknowledged. */
  async function write(): Promise<void> {
    for (let step = 0; !isOver;) {
      const [path, why] = step === 0 ? ['measurement', 'exception'] : ['corrections', 'reason'];
      const value = valueOf(step);
      try {
        const response = await fetchAsOperator(`${url}${figure}/${path}`, {
          method: 'POST',
          headers: { ...headers, 'Idempotency-Key': keyOf(step) },
          body: JSON.stringify({ value, [why]: `改为 ${value}` }),
        });
        const text = await response.text();
        if (response.ok) {
          acknowledged.push({ step: step++, position: (JSON.parse(text) as CommandAnswer).position!, at: Date.now() });
        } else if (response.status !== 503) refusals.push(text);
      } catch {
        // The process has ended: the test sees that by itself.
      }
      await delay(10);
    }
  }

  const anotherThan = (leader: EventStore): EventStore =>
    cluster.members[(cluster.members.indexOf(leader) + 1) % cluster.members.length]!;

  async function expectRecovery(): Promise<void> {
    const announced = Date.now();
    await until(() => acknowledged.some(({ at }) => at > announced + 1), recovery);
    expect(program.exitCode).toBeNull();
  }

  /** The views follow too: what was last written is read back. */
  async function expectViewsToFollow(): Promise<void> {
    const { step, position } = acknowledged.at(-1)!;
    await until(
      async () => (await fetchAsOperator(`${url}${figure}`, { headers: { 'Tongjian-Position': position } })).ok,
    );
    const { latest } = (await (await fetchAsOperator(`${url}${figure}`)).json()) as FigureDocument;
    expect(Number((latest!.reported as { value: string }).value)).toBeGreaterThanOrEqual(Number(valueOf(step)));
  }

  afterEach(() => {
    for (const member of cluster.members) {
      member.misbehave = () => undefined;
      member.gossipFault = undefined;
      member.hang(false);
    }
  });

  it.each<[string, GossipFault | undefined, number]>([
    ['says that nobody leads', undefined, 10_000],
    ['is refused', 'refuse', 3_000],
    ['breaks the connection', 'reset', 3_000],
    ['is never answered', 'hang', 3_000],
  ])('recovers after a time without leader in which gossip %s', async (_, fault, duration) => {
    await expectRecovery();
    const leader = cluster.leader()!;
    for (const member of cluster.members) member.gossipFault = fault;
    // In steps, as a leader resigns: it refuses, so that another is looked for; then what is still open breaks.
    leader.misbehave = () => 'refuse';
    cluster.elect(undefined);
    await delay(duration / 2);
    leader.dropConnections();
    await delay(duration / 2);
    expect(program.exitCode).toBeNull();
    for (const member of cluster.members) member.gossipFault = undefined;
    cluster.elect(anotherThan(leader));
    await expectRecovery();
    await expectViewsToFollow();
  });

  it('recovers where the leader hangs and another is elected', async () => {
    await expectRecovery();
    const leader = cluster.leader()!;
    leader.hang(true);
    await delay(1_000);
    cluster.elect(anotherThan(leader));
    await expectRecovery();
    await expectViewsToFollow();
  });

  it('recovers where the leader is gone and another is elected', async () => {
    const leader = cluster.leader()!;
    await leader.stop();
    cluster.elect(anotherThan(leader));
    await expectRecovery();
    await expectViewsToFollow();
    await leader.start();
  });

  it('recovers where the connected node is cut off from the others and never learns who leads', async () => {
    const leader = cluster.leader()!;
    leader.misbehave = (call) => (call === 'subscribe' ? undefined : 'no-leader');
    cluster.elect(anotherThan(leader));
    await expectRecovery();
    await expectViewsToFollow();
  });

  const whoever: readonly Fault[] = ['drop', 'refuse', 'no-leader', 'not-leader', 'not-leader-unnamed', 'garble'];
  describe.each<[Call, readonly Fault[]]>([
    ['append', [...whoever, 'drop-after', 'lose', 'time-out', 'time-out-after']],
    ['read', [...whoever, 'drop-after', 'lose', 'time-out']],
    ['subscribe', [...whoever, 'drop-after', 'lose', 'end']],
  ])('where the leader changes during a call to %s', (call, faults) => {
    it.each(faults)('that is met by %s, recovers', async (fault) => {
      const leader = cluster.leader()!;
      const met = new Promise<void>((resolve) => {
        const misbehave = next(1, call, fault);
        leader.misbehave = (asked) => {
          const found = misbehave(asked);
          if (found !== undefined) {
            cluster.elect(anotherThan(leader));
            resolve();
          }
          return found;
        };
      });
      // A subscription is begun only where one has ended; the last may be open at a member that led before.
      if (call === 'subscribe') for (const member of cluster.members) member.dropConnections();
      await met;
      await expectRecovery();
      await expectViewsToFollow();
    });
  });

  it('has lost and doubled nothing, and the process says what it met', async () => {
    isOver = true;
    await writing;
    expect(acknowledged.length).toBeGreaterThan(50);
    const stored = new Map<string, string[]>();
    for (const { metadata, position } of cluster.ledger.stream(`figure-${lishui}.04.331102.1990`)) {
      const { commandId } = JSON.parse(Buffer.from(metadata, 'base64').toString()) as { commandId: string };
      stored.set(commandId, [...(stored.get(commandId) ?? []), position]);
    }
    for (const { step, position } of acknowledged) expect(stored.get(keyOf(step))).toEqual([position]);
    expect(refusals).toEqual([]);
    expect(program.exitCode).toBeNull();
    expect(said).not.toMatch(/unhandled|uncaught/i);
    // Errors that would have ended it were met, and said.
    expect(said).toMatch(/^EventStoreDB 连接出错，将重新连接：Failed to discover/m);
  });
});
