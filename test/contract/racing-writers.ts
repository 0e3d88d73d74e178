import { pathToFileURL } from 'node:url';
import { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import { WrongExpectedRevision, type ExpectedRevision } from '../../src/kernel/event-log.js';
import { systemClock } from '../../src/kernel/time.js';
import { measured } from './event-log/samples.js';

/** One line of output: an append that succeeded, or one that failed with the actual revision of the stream. */
export type Race =
  | { readonly won: number; readonly position: string; readonly id: string }
  | { readonly lost: ExpectedRevision; readonly actual: ExpectedRevision };

/** Several writers in this process compete for every revision of one stream, each until it has won `wins` times. */
async function race(path: string, stream: string, writers: number, wins: number): Promise<void> {
  const log = SqliteEventLog.open(path, { clock: systemClock });
  const print = (line: Race) => process.stdout.write(`${JSON.stringify(line)}\n`);

  async function writer(): Promise<void> {
    let expected: ExpectedRevision = 'none';
    for (let left = wins; left > 0;) {
      const event = measured();
      try {
        const { revision, position } = await log.append(stream, expected, [event]);
        print({ won: revision, position, id: event.id });
        expected = revision;
        left--;
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error;
        print({ lost: expected, actual: error.actual });
        expected = error.actual;
      }
    }
  }
  await Promise.all(Array.from({ length: writers }, writer));
  await log.close();
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const [path, stream, writers, wins] = process.argv.slice(2) as [string, string, string, string];
  await race(path, stream, Number(writers), Number(wins));
}
