import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Instant } from '../kernel/time.js';
import type { SubmissionEvent, SubmissionReceived } from './submission.events.js';

/** A submission as it stood: under `plan/id`. */
export interface SubmissionDocument {
  readonly plan: string;
  readonly id: string;
  readonly received: (typeof SubmissionReceived)['example'];
  readonly standing: 'received' | 'applied' | 'refused';
  readonly by: string;
  readonly demo: boolean;
  readonly problems?: readonly { code: string; message: string }[];
  /** Who accepted the warnings in `received`, and when; absent where there were none. */
  readonly accepted?: { readonly by: string; readonly at: Instant };
}

export const submissionProjection: Projection<SubmissionDocument> = {
  name: 'submissions',
  version: 2,
  category: 'submission',

  keys({ stream }) {
    const { plan, parts } = parseStreamName(stream);
    return [`${plan}/${parts[0]}`];
  },

  evolve(document, recorded) {
    const event = recorded as RecordedEvent & SubmissionEvent;
    if (event.type === 'SubmissionReceived') {
      const { plan, parts } = parseStreamName(recorded.stream);
      const { actor, demo = false } = recorded.metadata;
      const accepted = event.data.warnings.length > 0 && { accepted: { by: actor.name, at: recorded.recordedAt } };
      return { plan, id: parts[0]!, received: event.data, standing: 'received', by: actor.name, demo, ...accepted };
    }
    if (!document) throw new Error(`${event.type} before the submission was received`);
    return event.type === 'SubmissionApplied'
      ? { ...document, standing: 'applied' }
      : { ...document, standing: 'refused', problems: event.data.problems };
  },
};
