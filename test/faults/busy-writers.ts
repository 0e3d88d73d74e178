import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { NewEvent } from '../../src/kernel/event.js';
import type { ExpectedRevision } from '../../src/kernel/event-log.js';
import { systemClock } from '../../src/kernel/time.js';
import { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import { measured } from '../contract/event-log/samples.js';

/** An append as it was asked for; its events follow from their ids. */
export interface Asked {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly ids: readonly string[];
}

/** One line of output: written before an append, and again with its position once it was acknowledged. */
export interface Line extends Asked {
  readonly acknowledged?: string;
}

export const eventsOf = ({ ids }: Asked): NewEvent[] => ids.map((id) => ({ ...measured({ note: id.repeat(9) }), id }));

/** Appends from several writers at once, each to a stream of its own, until it is killed. */
async function writeWithoutEnd(path: string): Promise<void> {
  const log = SqliteEventLog.open(path, { clock: systemClock });
  // On Linux a write to a pipe is done when it returns: what was printed outlives the process.
  const print = (line: Line) => process.stdout.write(`${JSON.stringify(line)}\n`);

  async function writer(number: number): Promise<void> {
    const stream = `figure-crash.${number}`;
    let expected: ExpectedRevision = (await log.readStream(stream)).at(-1)?.revision ?? 'none';
    for (;;) {
      const asked = { stream, expected, ids: Array.from({ length: 1 + (number % 3) }, () => randomUUID()) };
      print(asked);
      const result = await log.append(stream, expected, eventsOf(asked));
      print({ ...asked, acknowledged: result.position });
      expected = result.revision;
    }
  }
  await Promise.all(Array.from({ length: 6 }, (_, number) => writer(number)));
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) await writeWithoutEnd(process.argv[2]!);
