import Database from 'better-sqlite3';
import { checksum } from '../../src/event-log/sqlite/checksum.js';
import { firstLink, link } from '../../src/event-log/sqlite/chain.js';
import { SqliteEventLog } from '../../src/event-log/sqlite/sqlite-event-log.js';
import type { StoredEvent } from '../../src/event-log/stored-event.js';
import { temporaryFolder } from '../temporary-folder.js';
import { eventLogContract } from './event-log.contract.js';
import { several } from './event-log/samples.js';

/** Position of the last existing event. The next one is 2^53, from where JavaScript numbers are not exact. */
const end = 2n ** 53n - 1n;

eventLogContract(
  'SqliteEventLog at positions beyond 2^53',
  { durable: true, ownClock: true, gapless: true },
  async ({ clock }) => {
    const folder = await temporaryFolder();
    const path = folder.path('events.db');
    const open = () => SqliteEventLog.open(path, { clock });
    let log = open();
    await log.append('figure-first', 'none', several(2));
    await log.close();
    moveTo(path, end);
    log = open();
    expect(await log.head()).toBe(String(end));
    return {
      log,
      reopen: async () => {
        await log.close();
        return (log = open());
      },
      remove: folder.remove,
    };
  },
);

/** Moves the two events of a log to positions `last - 1` and `last`, and recomputes checksums and hash chain. */
function moveTo(path: string, last: bigint): void {
  const shell = new Database(path);
  shell.exec('DROP TRIGGER events_never_change');
  const events = shell
    .prepare<[], StoredEvent>(
      `SELECT CAST(position AS TEXT) AS position, stream, revision, id, type, recorded_at AS recordedAt, data, metadata
       FROM events ORDER BY events.position DESC`,
    )
    .all();
  const move = shell.prepare('UPDATE events SET position = ?, checksum = ?, chain = ? WHERE position = ?');
  let chain = firstLink;
  for (const [index, event] of events.reverse().entries()) {
    const position = last - 1n + BigInt(index);
    const moved = { ...event, position: String(position) };
    chain = link(chain, moved);
    move.run(position, checksum(moved), chain, BigInt(event.position));
  }
  shell.close();
}
