import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { reportingOf, type Reporting } from '../kernel/reporting.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { FindingEvent, FindingRaised } from './finding.events.js';

export type FindingSaid = Reporting & { readonly on: string; readonly text: string };

/** Read model of a finding with its answers and closing: one document per finding, keyed by `plan/id`. */
export interface FindingDocument extends Readonly<(typeof FindingRaised)['example']> {
  readonly plan: string;
  readonly id: string;
  readonly raised: Reporting;
  readonly answers: readonly FindingSaid[];
  readonly closed?: FindingSaid;
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
    const said = { ...event.data, ...reporting };
    return event.type === 'FindingAnswered'
      ? { ...document, answers: [...document.answers, said] }
      : { ...document, closed: said };
  },
};
