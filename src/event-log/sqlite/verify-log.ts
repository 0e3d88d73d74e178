import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { Position } from '../../kernel/event-log.js';
import type { StoredEvent } from '../stored-event.js';
import { firstLink, link } from './chain.js';

/** The link of the chain at a position, in hex. Noted outside the log, it proves later that all up to there still stands. */
export interface Seal {
  readonly position: Position;
  readonly chain: string;
}

export interface Proof {
  readonly events: number;
  /** The last sound event's; absent where there is none. */
  readonly seal?: Seal;
  /** The first thing that is not as it was written. */
  readonly damage?: { readonly position: Position; readonly what: string };
}

interface Row extends StoredEvent {
  readonly chain: Buffer;
  /** Whether the event before it in its stream stands before it in the log. */
  readonly follows: 0 | 1;
}

const rowsAtOnce = 1_000;

/**
 * Walks the log from its start to the first damage: a broken chain, a gap in the positions or in a stream, a recorded
 * time that falls. The chain alone cannot show that its end was cut off or that all of it was written anew: a seal that
 * was noted earlier does.
 */
export async function verifyLog(db: Database.Database, noted?: Seal): Promise<Proof> {
  const page = db.prepare<[after: bigint, limit: number], Row>(`
    SELECT CAST(e.position AS TEXT) AS position, e.stream, e.revision, e.id, e.type, e.recorded_at AS recordedAt,
      e.data, e.metadata, e.chain,
      CASE e.revision WHEN 0 THEN 1 ELSE e.position >
        (SELECT p.position FROM events p WHERE p.stream = e.stream AND p.revision = e.revision - 1) END AS follows
    FROM events e WHERE e.position > ? ORDER BY e.position LIMIT ?`);

  let events = 0;
  let last: { position: bigint; recordedAt: number; chain: Buffer } = { position: 0n, recordedAt: 0, chain: firstLink };
  const proof = (what?: string): Proof => ({
    events,
    ...(events > 0 && { seal: { position: String(last.position), chain: last.chain.toString('hex') } }),
    ...(what && { damage: { position: String(last.position + 1n), what } }),
  });

  for (;;) {
    await nextTurn();
    const rows = page.all(last.position, rowsAtOnce);
    for (const row of rows) {
      const position = BigInt(row.position);
      if (position !== last.position + 1n) return proof(`missing: the next event stands at ${row.position}`);
      const chain = link(last.chain, row);
      if (!chain.equals(row.chain)) return proof('the event does not match the chain');
      if (!row.follows) return proof(`${row.stream} has no revision ${row.revision - 1} before it`);
      if (row.recordedAt < last.recordedAt) return proof('recorded before the event before it');
      if (noted?.position === row.position && noted.chain !== chain.toString('hex')) {
        return proof('the chain is sound, but not the one that was noted');
      }
      last = { position, recordedAt: row.recordedAt, chain };
      events++;
    }
    if (rows.length < rowsAtOnce) break;
  }
  return proof(
    noted && BigInt(noted.position) > last.position ? `missing: a seal of ${noted.position} was noted` : undefined,
  );
}
