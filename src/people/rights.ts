import { LRUCache } from 'lru-cache';
import type { Principal } from '../access/principal.js';
import type { RecordedEvent } from '../kernel/event.js';
import { EventLogUnavailable, limits, type EventLog } from '../kernel/event-log.js';
import type { LogPresence } from '../kernel/log-presence.js';
import { toMilliseconds, type Clock } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import { grantsAt, personDecider, type PersonState } from './person.decider.js';
import { personStream, type PersonEvent } from './person.events.js';
import { personProjection } from './person.projection.js';
import type { Recorded } from '../kernel/event.js';

/** Milliseconds for which a process holds what it knows of a person's rights. */
const heldFor = 1_000;

interface Held {
  readonly at: number;
  readonly state: Promise<PersonState>;
}

/** Somebody who has shown who they are, as far as the rights go by it. */
export interface Shown {
  readonly person: string;
  readonly means: 'web' | 'token';
  readonly session?: string;
  /** The id of the token. */
  readonly token?: string;
}

/**
 * What persons may do at present, from the log. What was read is held for a second at most, so that access that has ended
 * is refused within a second in every process. While the log is unavailable, the views are asked.
 */
export class Rights {
  private readonly held = new LRUCache<string, Held>({ max: 10_000 });

  constructor(
    private readonly presence: Pick<LogPresence, 'ask'>,
    private readonly views: Views,
    private readonly clock: Clock,
  ) {}

  /** Undefined if the person, or the token, is not or no longer let in. */
  async principalOf({ person, means, session, token: id }: Shown): Promise<Principal | undefined> {
    const state = await this.stateOf(person);
    const now = this.clock.now();
    if (!state.invited || state.ended) return undefined;
    const token = state.tokens.find((each) => each.token === id);
    if (id !== undefined && (!token || token.until <= now)) return undefined;
    return {
      id: person,
      means,
      grants: grantsAt(state, now),
      ...(state.unit !== undefined && { unit: state.unit }),
      ...(session !== undefined && { session }),
      ...(token && { token }),
    };
  }

  /** Whether the person may sign in. */
  async mayEnter(person: string): Promise<boolean> {
    const { invited, ended } = await this.stateOf(person);
    return invited && !ended;
  }

  /** What was just changed here is seen here at once. */
  forget(person: string): void {
    this.held.delete(person);
  }

  private stateOf(person: string): Promise<PersonState> {
    const now = toMilliseconds(this.clock.now());
    const held = this.held.get(person);
    if (held && now - held.at < heldFor && now >= held.at) return held.state;
    const state = this.read(person);
    this.held.set(person, { at: now, state });
    state.catch(() => this.held.delete(person));
    return state;
  }

  private async read(person: string): Promise<PersonState> {
    try {
      const events = await this.presence.ask((log) => wholeStream(log, personStream(person)));
      return events.reduce<PersonState>(
        // The catalogue checked every event when it was appended.
        (state, event) => personDecider.evolve(state, event as unknown as Recorded<PersonEvent>),
        personDecider.initialState,
      );
    } catch (error) {
      if (!(error instanceof EventLogUnavailable)) throw error;
      return (await this.views.get(personProjection, person))?.body ?? personDecider.initialState;
    }
  }
}

async function wholeStream(log: EventLog, stream: string): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await log.readStream(stream, { from: events.length });
    events.push(...page);
    if (page.length < limits.eventsPerRead) return events;
  }
}
