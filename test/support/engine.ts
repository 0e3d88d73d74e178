import { Engine } from '../../src/engine.js';
import type { Adapters } from '../../src/operations/adapters.js';
import { MemoryEventLog } from '../../src/event-log/memory/memory-event-log.js';
import type { CommandResult } from '../../src/kernel/handling.js';
import type { Actor } from '../../src/kernel/event.js';
import type { Command } from '../../src/slice/command.js';
import { PlanReader } from '../../src/overview/plan-reader.js';
import type { OpenReader } from '../../src/overview/plan-readers.js';
import { MemoryVersionedStore } from '../../src/versioned-store/memory/memory-versioned-store.js';
import { MemoryFileStore } from './memory-file-store.js';
import { MovingClock } from './moving-clock.js';
import { loader } from './recorded.js';
import { lishui, seedFiles } from './seeds.js';

/** An engine with in-memory adapters. The caller starts and closes it. */
export function memoryEngine(adapters: Partial<Adapters> = {}): Engine {
  const clock = adapters.clock ?? new MovingClock();
  return new Engine({
    clock,
    log: adapters.log ?? new MemoryEventLog({ clock }),
    store: adapters.store ?? new MemoryVersionedStore(),
    files: adapters.files ?? new MemoryFileStore(),
  });
}

/** A started engine with the plan of Lishui (丽水) and its demonstration data. */
export async function lishuiEngine(adapters: Partial<Adapters> = {}): Promise<Engine> {
  const engine = memoryEngine(adapters);
  await engine.start();
  for (const folder of [lishui, `${lishui}-demo`]) await engine.submissions.submit(seedFiles(folder));
  await engine.caughtUp();
  return engine;
}

/** Opens a new reader of an engine's plans each time. */
export const readerOf =
  ({ views }: Pick<Engine, 'views'>): OpenReader =>
  (plan, asOf) =>
    PlanReader.open(views, plan, asOf);

let sent = 0;

/** Sends a command with a new command id through the gateway, as one that a folder brings: nobody is signed in. */
export function send(engine: Engine, command: Command, actor: Actor = loader): Promise<CommandResult> {
  return engine.gateway.carryOut(command, {
    commandId: `test-${++sent}`,
    actor: { means: 'import', ...actor },
  });
}
