import type { Actor, DomainEvent, Metadata, RecordedEvent } from '../../src/kernel/event.js';
import type { JsonObject } from '../../src/kernel/json.js';

export const someone: Actor = { id: 'reporter-331102', name: '莲都填报员', unit: '331102', roles: ['reporter'] };
export const reviewer: Actor = { id: 'reviewer-1', name: '市局审核员甲', unit: '331100', roles: ['reviewer'] };
/** May correct what is locked. */
export const corrector: Actor = { id: 'corrector-331102', name: '莲都更正员', unit: '331102', roles: ['corrector'] };
/** Records what was decided elsewhere. */
export const loader: Actor = {
  ...{ id: 'loader', name: '装载员', unit: '331100', roles: ['loader', 'backfill'] },
  means: 'import',
};

/** An event with optional metadata, which `recorded` adds to the default metadata. */
export type Said<Event> = Event & { readonly saying?: Partial<Metadata> };

/** Sets the actor of an event. */
export const by = <Event>(actor: Actor, event: Event): Said<Event> => saying({ actor }, event);
/** Sets metadata of an event. */
export const saying = <Event>(metadata: Partial<Metadata>, event: Event): Said<Event> => ({
  ...event,
  saying: { ...(event as Said<Event>).saying, ...metadata },
});

interface RecordOptions {
  readonly stream?: string;
  /** The position before the first event; by default 0. */
  readonly after?: number;
  readonly actor?: Actor;
  readonly schemaVersion?: number;
}

/** Recorded time by position: one event per day, from 1 January 2022. */
export const recordedOn = (position: number): string => new Date(Date.UTC(2022, 0, position)).toISOString();

/** The id of the event at a position. */
export const idAt = (position: number): string => `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`;

/** Events of one stream as a log would return them. */
export function recorded<Event extends DomainEvent<string, unknown>>(
  events: readonly Said<Event>[],
  { stream = 'test-stream', after = 0, actor = someone, schemaVersion = 1 }: RecordOptions = {},
): RecordedEvent[] {
  return events.map(({ type, data, saying }, index): RecordedEvent => {
    const number = after + index + 1;
    const recordedAt = recordedOn(number);
    return {
      id: idAt(number),
      type,
      data: data as JsonObject,
      stream,
      revision: index,
      position: String(number),
      recordedAt,
      knownAt: saying?.knownAt ?? recordedAt,
      metadata: {
        schemaVersion,
        actor,
        commandId: `command-${number}`,
        commandHash: '0'.repeat(64),
        correlationId: `command-${number}`,
        ...saying,
      },
    };
  });
}

/** Merges streams into one log: takes one event of each stream in turn, and renumbers positions without gaps. */
export function interleaved(...streams: readonly (readonly RecordedEvent[])[]): RecordedEvent[] {
  const longest = Math.max(...streams.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, at) => streams.flatMap((events) => events[at] ?? [])).flat();
  return inTurn.map((event, at) => ({
    ...event,
    id: idAt(at + 1),
    position: String(at + 1),
  }));
}
