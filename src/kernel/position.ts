/**
 * A place in the whole log: a decimal number as text, without leading zeros. Positions are opaque except for their order
 * (`comparePositions`). They may exceed 2^53 and may have gaps: never convert one to a Number, never add 1.
 */
export type Position = string;

/** Negative, zero or positive, as `Array.sort` expects it. */
export function comparePositions(a: Position, b: Position): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Whether a reader at `checkpoint` has read everything up to `position`. An undefined position is before the first event. */
export const hasReached = (checkpoint: Position | undefined, position: Position | undefined): boolean =>
  position === undefined || (checkpoint !== undefined && comparePositions(checkpoint, position) >= 0);
