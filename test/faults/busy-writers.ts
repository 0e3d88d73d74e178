import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { NewEvent } from '../../src/kernel/event.js';
import type { ExpectedRevision } from '../../src/kernel/event-log.js';
import { systemClock } from '../../src/kernel/time.js';
import { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import { measured } from '../contract/event-log/samples.js';

/** The arguments of an append. Its events are derived from their ids (`eventsOf`). */
export interface AppendCall {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly ids: readonly string[];
}

/** One line of output, written before an append and again, with its position, once it is acknowledged. */
export interface Line extends AppendCall {
  readonly acknowledged?: string;
}

export const eventsOf = ({ ids }: AppendCall): NewEvent[] =>
  ids.map((id) => ({ ...measured({ note: id.repeat(9) }), id }));

/** Appends with several concurrent writers, each to its own stream, until the process is killed. */
async function writeWithoutEnd(path: string): Promise<void> {
  const log = SqliteEventLog.open(path, { clock: systemClock });
  // On Linux writes to a pipe are synchronous, so printed lines are not lost when the process is killed.
  const print = (line: Line) => process.stdout.write(`${JSON.stringify(line)}\n`);

  async function writer(number: number): Promise<void> {
    const stream = `figure-crash.${number}`;
    let expected: ExpectedRevision = (await log.readStream(stream)).at(-1)?.revision ?? 'none';
    for (;;) {
      const call = { stream, expected, ids: Array.from({ length: 1 + (number % 3) }, () => randomUUID()) };
      print(call);
      const result = await log.append(stream, expected, eventsOf(call));
      print({ ...call, acknowledged: result.position });
      expected = result.revision;
    }
  }
  await Promise.all(Array.from({ length: 6 }, (_, number) => writer(number)));
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) await writeWithoutEnd(process.argv[2]!);
