import type { Chance } from '../support/chance.js';

export type Call = 'append' | 'read' | 'subscribe';

/**
 * What the server may do wrong.
 * - `lose`: stores an append and never answers; a read or subscription: nothing more arrives.
 * - `drop`, `drop-after`: the connection breaks before or after an append is stored, or in the middle of a subscription.
 * - `delay`: answers late.
 * - `not-leader`: another node leads, and the answer says which; `not-leader-unnamed`: the answer does not say.
 * - `no-leader`: the node does not know who leads.
 * - `refuse`: the node is not ready.
 * - `time-out`, `time-out-after`: answers `deadline-exceeded`, for an append that was not, or was, stored.
 * - `end`: the server ends a subscription by itself.
 * - `deny`: the user lacks the right.
 * - `garble`: sends an answer that the client cannot read.
 */
export const faults = [
  'lose',
  'drop',
  'drop-after',
  'delay',
  'not-leader',
  'not-leader-unnamed',
  'no-leader',
  'refuse',
  'time-out',
  'time-out-after',
  'end',
  'deny',
  'garble',
] as const;
export type Fault = (typeof faults)[number];

/** The fault of a call, if any; asked for every call. */
export type Misbehaviour = (call: Call) => Fault | undefined;

/** The same fault for the next `count` calls of one kind. */
export function next(count: number, on: Call, fault: Fault): Misbehaviour {
  return (call) => (call === on && count-- > 0 ? fault : undefined);
}

/** A fault for one call in so many, by seeded chance. */
export function nowAndThen(chance: Chance, oneIn: number, among: readonly Fault[]): Misbehaviour {
  return () => (chance.oneIn(oneIn) ? chance.of(among) : undefined);
}
