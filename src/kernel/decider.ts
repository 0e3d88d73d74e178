import type { Actor, DomainEvent, Evidence, Recorded } from './event.js';
import type { Instant } from './time.js';

/**
 * What a decision may use besides its command and its stream. A decider has no clock and no I/O: all input comes from
 * here.
 */
export interface DecisionContext<Known = unknown> {
  readonly now: Instant;
  /** When the bureau learned of the fact: `now`, or earlier for 补录 (backfill). */
  readonly knownAt: Instant;
  readonly actor: Actor;
  readonly reason?: string;
  readonly evidence: readonly Evidence[];
  /** State of other streams that this decision depends on, read by the handler. */
  readonly known: Known;
}

/**
 * Three pure parts: the initial state and two functions. `decide` returns events, or none if the state already is what
 * the command asks for, or throws a `DomainError`. `evolve` applies one event to the state.
 */
export interface Decider<Command, Event extends DomainEvent, State, Known = unknown> {
  readonly initialState: State;
  decide(command: Command, state: State, context: DecisionContext<Known>): readonly Event[];
  evolve(state: State, event: Recorded<Event>): State;
}
