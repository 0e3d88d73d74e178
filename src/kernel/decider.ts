import type { Actor, DomainEvent, Evidence, Recorded } from './event.js';
import type { Instant } from './time.js';

/** What a decision may look at besides its command and its stream. No clock, no I/O: all of it comes in. */
export interface DecisionContext<Known = unknown> {
  readonly now: Instant;
  /** When the bureau came to know it: `now`, or earlier for 补录. */
  readonly knownAt: Instant;
  readonly actor: Actor;
  readonly reason?: string;
  readonly evidence: readonly Evidence[];
  /** The state of other streams that this decision rests on, as the handler read it. */
  readonly known: Known;
}

/** Three pure things. `decide` answers with events, none when it is already so, or throws a DomainError. */
export interface Decider<Command, Event extends DomainEvent, State, Known = unknown> {
  readonly initialState: State;
  decide(command: Command, state: State, context: DecisionContext<Known>): readonly Event[];
  evolve(state: State, event: Recorded<Event>): State;
}
