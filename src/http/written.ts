import type { Response } from 'express';
import type { EventLog } from '../kernel/event-log.js';

/** Passes on what was done, with the position up to which the caller has to wait to see what was written. */
export async function written<Result>(
  result: Result,
  log: Pick<EventLog, 'lastEvent'>,
  response: Response,
): Promise<Result> {
  const last = await log.lastEvent();
  if (last) response.setHeader('Tongjian-Position', last.position);
  return result;
}
