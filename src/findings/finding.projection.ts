import type { Evidence, RecordedEvent } from '../kernel/event.js';
import { plain } from '../kernel/json.js';
import type { Projection } from '../kernel/projection.js';
import { reportingOf, type Reporting } from '../kernel/reporting.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Raised } from './finding.decider.js';
import type { FindingEvent, RectificationEvent } from './finding.events.js';
import { isRectification } from './rectification.js';

export type FindingSaid = Reporting & { readonly on: string; readonly text: string };

/** A step of a 整改. */
export type FindingStep = Reporting & {
  readonly what: 'assigned' | 'due-moved' | 'reported' | 'accepted' | 'sent-back';
  /** The day on which it happened; absent for a moved due day. */
  readonly on?: string;
  /** The unit for which the person acted. */
  readonly unit?: string;
  /** Of an assignment. */
  readonly owner?: string;
  /** The due day that an assignment or a move sets. */
  readonly dueOn?: string;
  readonly text?: string;
  readonly evidence?: readonly Evidence[];
};

/** Read model of a finding with its answers and closing: one document per finding, keyed by `plan/id`. */
export interface FindingDocument extends Raised {
  readonly plan: string;
  readonly id: string;
  readonly raised: Reporting;
  readonly answers: readonly FindingSaid[];
  readonly closed?: FindingSaid;
  /** Present only if the finding was withdrawn. */
  readonly withdrawn?: Reporting;
  /** The unit that is to rectify it; absent unless the finding was assigned. */
  readonly owner?: string;
  readonly dueOn?: string;
  /** The steps of its 整改 in their order; none unless the finding was assigned. */
  readonly steps: readonly FindingStep[];
  readonly demo: boolean;
}

export const findingProjection: Projection<FindingDocument> = {
  name: 'findings',
  version: 2,
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
      return { ...event.data, plan, id: parts[0]!, raised: reporting, answers: [], steps: [], demo: reporting.demo };
    }
    if (!before) throw new Error(`${event.type} before the finding was raised`);
    const document = { ...before, demo: before.demo || reporting.demo };
    if (isRectification(event)) return withStep(document, event, reporting, recorded);
    switch (event.type) {
      case 'FindingAmended': {
        const { plan, id, raised, answers, closed, owner, dueOn, steps, demo } = document;
        const kept = plain({ raised, answers, closed, owner, dueOn, steps, demo });
        return { ...event.data, plan, id, ...kept };
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

function withStep(
  document: FindingDocument,
  event: RectificationEvent,
  reporting: Reporting,
  { metadata: { actor, evidence } }: RecordedEvent,
): FindingDocument {
  const said = plain({ ...reporting, unit: actor.unit, evidence });
  const steps = (step: Omit<FindingStep, keyof Reporting>) => [...document.steps, { ...said, ...step }];
  switch (event.type) {
    case 'FindingAssigned': {
      const { owner, dueOn } = event.data;
      return { ...document, owner, dueOn, steps: steps({ what: 'assigned', ...event.data }) };
    }
    case 'FindingDueMoved': {
      const dueOn = event.data.to;
      return { ...document, dueOn, steps: steps({ what: 'due-moved', dueOn }) };
    }
    case 'MeasuresReported':
      return { ...document, steps: steps({ what: 'reported', ...event.data }) };
    case 'MeasuresAccepted':
      return { ...document, steps: steps({ what: 'accepted', ...event.data }) };
    case 'MeasuresSentBack':
      return { ...document, steps: steps({ what: 'sent-back', ...event.data }) };
  }
}
