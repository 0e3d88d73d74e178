/**
 * The position of an event in the whole log: a decimal integer as text, without leading zeros. Callers may only compare
 * positions (`comparePositions`). A position may exceed 2^53, so it must not be converted to a Number. Positions may
 * have gaps, so the next position is not `+ 1`.
 */
export type Position = string;

/** Negative, zero or positive, as `Array.sort` expects it. */
export function comparePositions(a: Position, b: Position): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Whether a checkpoint is at or after a position. An undefined position (empty log) is always reached. */
export const hasReached = (checkpoint: Position | undefined, position: Position | undefined): boolean =>
  position === undefined || (checkpoint !== undefined && comparePositions(checkpoint, position) >= 0);
