import { Catalogue } from '../../src/kernel/catalogue.js';
import type { Decider, DecisionContext } from '../../src/kernel/decider.js';
import { DomainError, type Thing } from '../../src/kernel/errors.js';
import type { DomainEvent, EventType, Recorded } from '../../src/kernel/event.js';
import { recorded, someone, type Said } from './recorded.js';

/** Creates a command of a class with the given fields, without validation. */
export function make<T extends object>(type: new () => T, fields: Partial<Omit<T, 'type'>>): T {
  return Object.assign(new type(), fields);
}

type Fold<Event extends DomainEvent, State> = Pick<Decider<never, Event, State, never>, 'initialState' | 'evolve'>;

/** The state after the given events. */
export function stateOf<Event extends DomainEvent, State>(
  { initialState, evolve }: Fold<Event, State>,
  ...events: readonly Said<Event>[]
): State {
  return recorded(events).reduce<State>((state, event) => evolve(state, event as Recorded<Event>), initialState);
}

type Circumstances<Known> = Partial<DecisionContext<Known>>;

interface Outcome<Event> {
  /** Expects exactly these events. Also expects no event when the same command is decided again after them. */
  then(...events: Event[]): void;
  /** Expects no event. */
  thenNothing(): void;
  /**
   * Expects a refusal with this code and, if given, a problem with this field, this thing that the plan lacks, and these
   * words in its message.
   */
  thenRefused(code: string, field?: string, missing?: Thing, words?: string): void;
}

/**
 * `given(events).when(command).then(events)` folds the events and decides one command. `then` also checks that the
 * decided events are valid for the catalogue, and that the decision is idempotent: the same command decided again
 * returns no event or is refused.
 */
export function specification<Command, Event extends DomainEvent, State, Known>(
  decider: Decider<Command, Event, State, Known>,
  types: readonly EventType[],
  defaults: { known: Known; now: string },
) {
  const catalogue = new Catalogue(types);

  return (...events: readonly Said<Event>[]) => ({
    when(command: Command, circumstances: Circumstances<Known> = {}): Outcome<Event> {
      const state = stateOf(decider, ...events);
      const context: DecisionContext<Known> = {
        ...{ actor: someone, evidence: [], ...defaults },
        knownAt: circumstances.now ?? defaults.now,
        ...circumstances,
      };
      const decide = (at: State) => decider.decide(command, at, context);
      return {
        then(...expected) {
          const decided = decide(state);
          expect(decided).toStrictEqual(expected);
          for (const event of recorded(decided)) {
            const schemaVersion = catalogue.versionOf(event.type);
            catalogue.assertStorable({ ...event, metadata: { ...event.metadata, schemaVersion } });
          }
          const after = recorded(decided, { actor: context.actor, after: events.length });
          const again = () => decide(after.reduce((at, event) => decider.evolve(at, event as Recorded<Event>), state));
          expect(refusalOf(again) ?? again()).toEqual([]);
        },
        thenNothing() {
          expect(decide(state)).toEqual([]);
        },
        thenRefused(code, field, missing, words = '') {
          const refusal = catching(() => decide(state));
          assertRefusal(refusal, `decided instead of refused (${code})`);
          expect(refusal.code).toBe(code);
          expect(refusal.message).toContain(words);
          if (field !== undefined) expect(refusal.problems.map((problem) => problem.field)).toContain(field);
          if (missing !== undefined) expect(refusal.missing).toEqual(missing);
        },
      };
    },
  });
}

function catching(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** `[]` if `work` throws a `DomainError`, undefined if it does not throw. Other errors are rethrown. */
function refusalOf(work: () => unknown): [] | undefined {
  const error = catching(work);
  if (error === undefined) return undefined;
  assertRefusal(error, 'nothing was thrown');
  return [];
}

/** Rethrows an error that is not a `DomainError`. */
export function assertRefusal(error: unknown, otherwise: string): asserts error is DomainError {
  if (error instanceof DomainError) return;
  throw error instanceof Error ? error : new Error(otherwise);
}
