import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { reportingOf, type Reporting } from '../kernel/reporting.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Raised } from './finding.decider.js';
import type { FindingEvent } from './finding.events.js';

export type FindingSaid = Reporting & { readonly on: string; readonly text: string };

/** Read model of a finding with its answers and closing: one document per finding, keyed by `plan/id`. */
export interface FindingDocument extends Raised {
  readonly plan: string;
  readonly id: string;
  readonly raised: Reporting;
  readonly answers: readonly FindingSaid[];
  readonly closed?: FindingSaid;
  /** Present only if the finding was withdrawn. */
  readonly withdrawn?: Reporting;
  readonly demo: boolean;
}

export const findingProjection: Projection<FindingDocument> = {
  name: 'findings',
  version: 1,
  category: 'finding',

  keys({ stream }) {
    const { plan, parts } = parseStreamName(stream);
    return [`${plan}/${parts[0]}`];
  },

  evolve(before, recorded) {
    const event = recorded as RecordedEvent & FindingEvent;
    const reporting = reportingOf(recorded);
    if (event.type === 'FindingRaised') {
      const { plan, parts } = parseStreamName(recorded.stream);
      return { ...event.data, plan, id: parts[0]!, raised: reporting, answers: [], demo: reporting.demo };
    }
    if (!before) throw new Error(`${event.type} before the finding was raised`);
    const document = { ...before, demo: before.demo || reporting.demo };
    switch (event.type) {
      case 'FindingAmended': {
        const { plan, id, raised, answers, closed, demo } = document;
        return { ...event.data, plan, id, raised, answers, ...(closed && { closed }), demo };
      }
      case 'FindingAnswered':
        return { ...document, answers: [...document.answers, { ...event.data, ...reporting }] };
      case 'FindingClosed':
        return { ...document, closed: { ...event.data, ...reporting } };
      case 'FindingWithdrawn':
        return { ...document, withdrawn: reporting };
    }
  },
};
