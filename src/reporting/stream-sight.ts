import type { EventLog } from '../kernel/event-log.js';
import type { RecordedEvent } from '../kernel/event.js';

/** The events of a stream, beside those that were there when a row was made. */
export interface StreamSight {
  readonly events: readonly RecordedEvent[];
  /** Up to the row's revision; undefined where the row names none. */
  readonly base?: readonly RecordedEvent[];
  /** After the row's revision; none where the row names none. */
  readonly since: readonly RecordedEvent[];
}

/**
 * Reads a stream beside a row. `revision` is that of the row: `none` where the stream had no event when it was made.
 */
export async function streamSight(
  log: Pick<EventLog, 'readStream'>,
  stream: string,
  revision: number | 'none' | undefined,
): Promise<StreamSight> {
  const events = await log.readStream(stream);
  if (revision === undefined) return { events, since: [] };
  const base = events.filter((event) => revision !== 'none' && event.revision <= revision);
  return { events, base, since: events.slice(base.length) };
}

/** Who changed what a row is about since the workbook was made, and how. */
export interface Conflict {
  readonly by: { readonly id: string; readonly name: string; readonly unit?: string };
  /** When it was entered. */
  readonly at: string;
  /** What it was when the workbook was made; absent where nothing was there. */
  readonly from?: string;
  readonly to: string;
}

export function conflictOf(
  { metadata: { actor }, recordedAt }: RecordedEvent,
  from: string | undefined,
  to: string,
): Conflict {
  const { id, name, unit } = actor;
  return {
    by: { id, name, ...(unit !== undefined && { unit }) },
    at: recordedAt,
    ...(from !== undefined && { from }),
    to,
  };
}
