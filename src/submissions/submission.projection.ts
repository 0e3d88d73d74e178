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
  readonly standing: 'received' | 'applied' | 'refused' | 'withdrawing' | 'withdrawn';
  readonly by: string;
  readonly receivedAt: Instant;
  readonly demo: boolean;
  readonly problems?: readonly { code: string; message: string }[];
  /** Who accepted the warnings in `received`, and when; absent where there were none. */
  readonly accepted?: { readonly by: string; readonly at: Instant };
  /** Who withdrew it, when and why, and the keys of the rows that were left. */
  readonly withdrawal?: Withdrawal;
}

export interface Withdrawal {
  readonly by: string;
  readonly at: Instant;
  readonly reason: string;
  readonly left: readonly string[];
}

export const submissionProjection: Projection<SubmissionDocument> = {
  name: 'submissions',
  version: 4,
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
      const receivedAt = recorded.recordedAt;
      const head = { plan, id: parts[0]!, received: event.data, standing: 'received' as const };
      return { ...head, by: actor.name, receivedAt, demo, ...accepted };
    }
    if (!document) throw new Error(`${event.type} before the submission was received`);
    switch (event.type) {
      case 'SubmissionApplied':
        return { ...document, standing: 'applied' };
      case 'SubmissionRefused':
        return { ...document, standing: 'refused', problems: event.data.problems };
      case 'SubmissionWithdrawalReceived': {
        const { actor, reason = '' } = recorded.metadata;
        const withdrawal = { by: actor.name, at: recorded.recordedAt, reason, left: event.data.left };
        return { ...document, standing: 'withdrawing', withdrawal };
      }
      case 'SubmissionWithdrawn':
        return { ...document, standing: 'withdrawn' };
    }
  },
};
