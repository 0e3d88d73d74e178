import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { DamageKind, Proof, Seal } from '../../kernel/event-log.js';
import { isDamage, isSchemaDamage } from '../../sqlite/open-database.js';
import type { StoredEvent } from '../stored-event.js';
import { firstLink, link } from './chain.js';
import { checksum } from './checksum.js';
import { hasItsTypes } from './schema.js';

interface Row extends StoredEvent {
  readonly chain: Buffer;
  readonly checksum: number;
  /** Whether it is found by its stream and revision, by way of its position: a walk alone searches for nothing. */
  readonly found: 0 | 1;
  /** Whether the event before it in its stream stands before it in the log. */
  readonly follows: 0 | 1;
}

const rowsAtOnce = 1_000;

/**
 * Walks the log from its start to the first damage: a broken chain, a gap in the positions or in a stream, a recorded
 * time that falls (but for events taken over from another log, whose clocks may have differed), an event that its stream
 * does not find. The chain alone cannot show that its end was cut off or that
 * all of it was written anew: a seal that was noted earlier does.
 */
export async function verifyLog(db: Database.Database, noted?: Seal): Promise<Proof> {
  let events = 0;
  let last: { position: bigint; recordedAt: number; chain: Buffer } = { position: 0n, recordedAt: 0, chain: firstLink };
  const proof = (kind?: DamageKind, what = ''): Proof => ({
    events,
    ...(events > 0 && { seal: { position: String(last.position), chain: last.chain.toString('hex') } }),
    ...(kind && { damage: { position: String(last.position + 1n), kind, what } }),
  });

  const statements = () => ({
    page: db.prepare<[after: bigint, limit: number], Row>(`
    SELECT CAST(e.position AS TEXT) AS position, e.stream, e.revision, e.id, e.type, e.recorded_at AS recordedAt,
      e.data, e.metadata, e.chain, e.checksum,
      e.id IS (SELECT s.id FROM events s WHERE s.stream = e.stream AND s.revision = e.revision) AS found,
      CASE e.revision WHEN 0 THEN 1 ELSE e.position >
        (SELECT p.position FROM events p WHERE p.stream = e.stream AND p.revision = e.revision - 1) END AS follows
    FROM events e WHERE e.position > ? ORDER BY e.position LIMIT ?`),
    takenOver: db.prepare<[], string>('SELECT CAST(up_to AS TEXT) FROM taken_over').pluck(),
    indexed: db.prepare<[], number>('SELECT count(*) FROM events INDEXED BY sqlite_autoindex_events_1').pluck(),
  });

  let sql: ReturnType<typeof statements>;
  try {
    sql = statements();
  } catch (error) {
    if (isDamage(error) || isSchemaDamage(error))
      return proof('unreadable', `the tables are not there: ${String(error)}`);
    throw error;
  }
  let takenOver: bigint | undefined;
  for (;;) {
    await nextTurn();
    let rows = 0;
    try {
      takenOver ??= BigInt(sql.takenOver.get() ?? 0);
      for (const row of sql.page.iterate(last.position, rowsAtOnce)) {
        rows++;
        const position = BigInt(row.position);
        if (position !== last.position + 1n)
          return proof('missing', `missing: the next event stands at ${row.position}`);
        if (!hasItsTypes(row)) return proof('checksum', 'the event has values of other types than were written');
        const chain = link(last.chain, row);
        if (!Buffer.isBuffer(row.chain) || !chain.equals(row.chain))
          return proof('chain', 'the event does not match the chain');
        if (checksum(row) !== row.checksum) return proof('checksum', 'the event does not match its checksum');
        if (!row.follows) return proof('stream', `${row.stream} has no revision ${row.revision - 1} before it`);
        if (!row.found) return proof('stream', `${row.stream} ${row.revision} is not found in its stream`);
        if (row.recordedAt < last.recordedAt && position > takenOver)
          return proof('time', 'recorded before the event before it');
        if (noted?.position === row.position && noted.chain !== chain.toString('hex')) {
          return proof('seal', 'the chain is sound, but not the one that was noted');
        }
        last = { position, recordedAt: row.recordedAt, chain };
        events++;
      }
    } catch (error) {
      if (isDamage(error)) return proof('unreadable', `the file cannot be read: ${String(error)}`);
      throw error;
    }
    if (rows < rowsAtOnce) break;
  }
  if (noted && BigInt(noted.position) > last.position)
    return proof('missing', `missing: a seal of ${noted.position} was noted`);
  // What only the index still has.
  return sql.indexed.get() === events ? proof() : proof('missing', 'streams name more events than there are');
}
