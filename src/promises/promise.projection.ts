import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { reportingOf, type Reporting } from '../kernel/reporting.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Recorded } from './promise.decider.js';
import type { PromiseEvent } from './promise.events.js';

/** Read model of a promise of the plan's text: one document per promise, keyed by `plan/id`. */
export interface PromiseDocument extends Recorded {
  readonly plan: string;
  readonly id: string;
  /** Present only if the promise was withdrawn. */
  readonly withdrawn?: Reporting;
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

  evolve(before, recorded) {
    const event = recorded as RecordedEvent & PromiseEvent;
    const reporting = reportingOf(recorded);
    if (event.type === 'PromiseRecorded') {
      const { plan, parts } = parseStreamName(recorded.stream);
      return { ...event.data, plan, id: parts[0]!, demo: reporting.demo };
    }
    if (!before) throw new Error(`${event.type} before the promise was recorded`);
    const { plan, id } = before;
    const demo = before.demo || reporting.demo;
    if (event.type === 'PromiseAmended') return { ...event.data, plan, id, demo };
    return { ...before, withdrawn: reporting, demo };
  },
};
