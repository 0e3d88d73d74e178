import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { DamageKind, Proof, ProofProgress, Seal } from '../../kernel/event-log.js';
import { isDamage, isSchemaDamage } from '../../sqlite/open-database.js';
import type { StoredEvent } from '../stored-event.js';
import { firstLink, link } from './chain.js';
import { checksum } from './checksum.js';
import { hasColumnTypes } from './schema.js';

interface Row extends StoredEvent {
  readonly chain: Buffer;
  readonly checksum: number;
  /** Whether the index on stream and revision finds the event. A scan by position alone would not use that index. */
  readonly found: 0 | 1;
  /** Whether the previous event of its stream has a smaller position. */
  readonly follows: 0 | 1;
}

const rowsPerPage = 1_000;

/**
 * Reads the log from its start to the first damage: a broken hash chain, a gap in the positions or in a stream, a
 * decreasing recorded time (allowed for events copied from another log, because clocks may have differed), or an event
 * that the stream index does not find. The hash chain alone does not reveal that the last events were removed, or that
 * the whole log was rewritten. For that, pass a seal that was kept outside the log.
 */
export async function verifyLog(db: Database.Database, expectedSeal?: Seal, progress?: ProofProgress): Promise<Proof> {
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
      return proof('unreadable', `the tables are missing or malformed: ${String(error)}`);
    throw error;
  }
  let takenOver: bigint | undefined;
  for (;;) {
    await nextTurn();
    let rows = 0;
    try {
      takenOver ??= BigInt(sql.takenOver.get() ?? 0);
      for (const row of sql.page.iterate(last.position, rowsPerPage)) {
        rows++;
        const position = BigInt(row.position);
        if (position !== last.position + 1n)
          return proof('missing', `missing: the next event is at position ${row.position}`);
        if (!hasColumnTypes(row)) return proof('checksum', 'the event has a value of the wrong type');
        const chain = link(last.chain, row);
        if (!Buffer.isBuffer(row.chain) || !chain.equals(row.chain))
          return proof('chain', 'the event does not match the chain');
        if (checksum(row) !== row.checksum) return proof('checksum', 'the event does not match its checksum');
        if (!row.follows)
          return proof('stream', `stream ${row.stream} has no revision ${row.revision - 1} before this event`);
        if (!row.found)
          return proof('stream', `the stream index does not find revision ${row.revision} of ${row.stream}`);
        if (row.recordedAt < last.recordedAt && position > takenOver)
          return proof('time', 'recorded before the previous event');
        if (expectedSeal?.position === row.position && expectedSeal.chain !== chain.toString('hex')) {
          return proof('seal', 'the hash chain is consistent, but differs from the given seal');
        }
        last = { position, recordedAt: row.recordedAt, chain };
        events++;
      }
    } catch (error) {
      if (isDamage(error)) return proof('unreadable', `the file cannot be read: ${String(error)}`);
      throw error;
    }
    if (rows < rowsPerPage) break;
    progress?.(events);
  }
  if (expectedSeal && BigInt(expectedSeal.position) > last.position)
    return proof('missing', `missing: the given seal is of position ${expectedSeal.position}`);
  // Rows that were deleted from the table, but are still in the index.
  return sql.indexed.get() === events ? proof() : proof('missing', 'the stream index has more events than the log');
}
