import { LRUCache } from 'lru-cache';
import { gives, grantIds, type Grant } from '../access/grants.js';
import type { Principal } from '../access/principal.js';
import { roleOf } from '../access/roles.js';
import type { Authenticated } from '../credentials/authentication.js';
import type { Entrance } from '../credentials/entrance.js';
import type { RecordedEvent } from '../kernel/event.js';
import { EventLogUnavailable, limits, type EventLog } from '../kernel/event-log.js';
import type { LogPresence } from '../kernel/log-presence.js';
import { toMilliseconds, type Clock } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import { grantsAt, personDecider, type PersonState } from './person.decider.js';
import { personStream, type PersonEvent } from './person.events.js';
import { personProjection } from './person.projection.js';
import type { Recorded } from '../kernel/event.js';

/**
 * Milliseconds for which a process holds what it knows of a person's rights: less than a second, which it takes together
 * with the looks at open answers, see `writeTo`.
 */
const heldFor = 750;

interface Held {
  readonly at: number;
  readonly state: Promise<PersonState>;
}

/**
 * What persons may do at present, from the log. What was read is held for a second at most, so that access that has ended
 * is refused within a second in every process. While the log is unavailable, the views are asked.
 */
export class Rights implements Entrance {
  private readonly held = new LRUCache<string, Held>({ max: 10_000 });

  constructor(
    private readonly presence: Pick<LogPresence, 'ask'>,
    private readonly views: Views,
    private readonly clock: Clock,
  ) {}

  /** Undefined if the person, or the token, is not or no longer let in. */
  async principalOf({ person, means, session, token: shown }: Authenticated): Promise<Principal | undefined> {
    const state = await this.stateOf(person);
    const now = this.clock.now();
    if (!state.invited || state.ended) return undefined;
    const token = state.tokens.find((each) => each.token === shown);
    if (shown !== undefined && (!token || token.until <= now)) return undefined;
    const held = grantsAt(state, now);
    const counts = ({ role }: Grant) => !roleOf(role)?.isAdministrator || session?.secondFactor !== false;
    const withheld = held.filter((grant) => !counts(grant));
    // A token ends with the last role from which it has anything.
    if (token && !token.permissions.some((each) => held.some((grant) => gives(grant, each)))) return undefined;
    return {
      id: person,
      means,
      grants: held.filter(counts),
      ...(state.unit !== undefined && { unit: state.unit }),
      ...(session && { session: session.id }),
      ...(token && { token }),
      ...(withheld.length > 0 && { withheld }),
    };
  }

  /** Whether the person may sign in. */
  async mayEnter(person: string): Promise<boolean> {
    const { invited, ended } = await this.stateOf(person);
    return invited && !ended;
  }

  async rightsOf(person: string): Promise<string> {
    return grantIds(grantsAt(await this.stateOf(person), this.clock.now()));
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
