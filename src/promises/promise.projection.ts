import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { PromiseEvent, PromiseRecorded } from './promise.events.js';

/** Read model of a promise of the plan's text: one document per promise, keyed by `plan/id`. */
export interface PromiseDocument extends Readonly<(typeof PromiseRecorded)['example']> {
  readonly plan: string;
  readonly id: string;
  readonly demo: boolean;
}

export const promiseProjection: Projection<PromiseDocument> = {
  name: 'promises',
  version: 1,
  category: 'promise',

  keys({ stream }) {
    const { plan, parts } = parseStreamName(stream);
    return [`${plan}/${parts[0]}`];
  },

  evolve(_, recorded) {
    const event = recorded as RecordedEvent & PromiseEvent;
    const { plan, parts } = parseStreamName(recorded.stream);
    return { ...event.data, plan, id: parts[0]!, demo: recorded.metadata.demo ?? false };
  },
};
