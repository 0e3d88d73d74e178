import { Engine } from '../../src/engine.js';
import type { Adapters } from '../../src/operations/adapters.js';
import { MemoryEventLog } from '../../src/event-log/memory/memory-event-log.js';
import type { CommandResult } from '../../src/kernel/handling.js';
import type { Actor } from '../../src/kernel/event.js';
import type { Command } from '../../src/slice/command.js';
import { MemoryVersionedStore } from '../../src/versioned-store/memory/memory-versioned-store.js';
import { MemoryFileStore } from './memory-file-store.js';
import { MovingClock } from './moving-clock.js';
import { loader } from './recorded.js';
import { lishui, seedFiles } from './seeds.js';

/** The whole engine without a disk. Not started: whoever makes it says when, and closes it. */
export function memoryEngine(adapters: Partial<Adapters> = {}): Engine {
  const clock = adapters.clock ?? new MovingClock();
  return new Engine({
    clock,
    log: adapters.log ?? new MemoryEventLog({ clock }),
    store: adapters.store ?? new MemoryVersionedStore(),
    files: adapters.files ?? new MemoryFileStore(),
  });
}

/** 丽水’s plan and its demonstration data, loaded as the program loads them. */
export async function lishuiEngine(adapters: Partial<Adapters> = {}): Promise<Engine> {
  const engine = memoryEngine(adapters);
  await engine.start();
  for (const folder of [lishui, `${lishui}-demo`]) await engine.submissions.submit(seedFiles(folder));
  await engine.caughtUp();
  return engine;
}

let sent = 0;

/** A command on its usual way, each under an id of its own. */
export function send(engine: Engine, command: Command, actor: Actor = loader): Promise<CommandResult> {
  return engine.gateway.carryOut(command, { commandId: `test-${++sent}`, actor });
}
