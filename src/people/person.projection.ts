import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import { personDecider, type PersonState } from './person.decider.js';
import type { PersonEvent } from './person.events.js';

/** Read model of a person: one document per person, keyed by the person's id. It has no name. */
export interface PersonDocument extends PersonState {
  readonly id: string;
  readonly invitedAt: string;
  /** Stream revision. */
  readonly revision: number;
  /** An account of the demonstration. */
  readonly demo: boolean;
}

export const personProjection: Projection<PersonDocument> = {
  name: 'people',
  version: 1,
  category: 'person',

  keys: ({ stream }) => [parseStreamName(stream).plan],

  evolve(before, recorded) {
    const event = recorded as RecordedEvent & PersonEvent;
    const { stream, recordedAt, revision, metadata } = recorded;
    return {
      id: parseStreamName(stream).plan,
      invitedAt: before?.invitedAt ?? recordedAt,
      demo: before?.demo ?? metadata.demo ?? false,
      ...personDecider.evolve(before ?? personDecider.initialState, event),
      revision,
    };
  },
};
