import type { Chance } from '../support/chance.js';

export type Call = 'append' | 'read' | 'subscribe';

/**
 * What the server may do instead of what it should.
 * - `lose`: it stores what it was given and never answers; of a read or subscription: nothing comes any more.
 * - `drop`, `drop-after`: the connection breaks before or after it has stored, or in the midst of a subscription.
 * - `delay`: it takes its time.
 * - `not-leader`: another node leads, and where is said; `no-leader`: nobody knows who leads.
 * - `refuse`: it is not ready.
 * - `time-out`: it gives up, and does not say whether it stored.
 * - `end`: a subscription is ended by the server, of its own.
 * - `deny`: the user may not.
 */
export const faults = [
  'lose',
  'drop',
  'drop-after',
  'delay',
  'not-leader',
  'no-leader',
  'refuse',
  'time-out',
  'end',
  'deny',
] as const;
export type Fault = (typeof faults)[number];

/** Asked for every call. */
export type Misbehaviour = (call: Call) => Fault | undefined;

/** The next calls of one kind, so many of them. */
export function next(count: number, on: Call, fault: Fault): Misbehaviour {
  return (call) => (call === on && count-- > 0 ? fault : undefined);
}

/** One call in so many, by seeded chance. */
export function nowAndThen(chance: Chance, oneIn: number, among: readonly Fault[]): Misbehaviour {
  return () => (chance.oneIn(oneIn) ? chance.of(among) : undefined);
}
