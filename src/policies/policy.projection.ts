import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { reportingOf, type Reporting } from '../kernel/reporting.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { Cited, Planned, PolicyStanding } from './policy.decider.js';
import type { PolicyEvent } from './policy.events.js';

/** A change of the policy's standing; `on` is the day on which it happened. */
export type PolicyStep = Reporting & {
  readonly to: Exclude<PolicyStanding, 'planned' | 'cited'>;
  readonly on: string;
  readonly documentNumber?: string;
  readonly revises?: string;
};
export type Postponement = Reporting & { readonly from?: string; readonly to: string };

interface Followed {
  readonly plan: string;
  readonly id: string;
  readonly steps: readonly PolicyStep[];
  readonly postponements: readonly Postponement[];
  readonly demo: boolean;
}

/** Read model of a policy: one document per policy, keyed by `plan/id`. */
export type PolicyDocument = Followed & ({ readonly planned: Planned } | { readonly cited: Cited });

const standings = {
  PolicyDrafted: 'drafted',
  PolicyIssued: 'issued',
  PolicyRevised: 'issued',
  PolicyDropped: 'dropped',
  PolicyRepealed: 'repealed',
} as const;

export const policyProjection: Projection<PolicyDocument> = {
  name: 'policies',
  version: 1,
  category: 'policy',

  keys({ stream }) {
    const { plan, parts } = parseStreamName(stream);
    return [`${plan}/${parts[0]}`];
  },

  evolve(before, recorded) {
    const event = recorded as RecordedEvent & PolicyEvent;
    const reporting = reportingOf(recorded);
    if (event.type === 'PolicyPlanned' || event.type === 'PolicyCited') {
      const { plan, parts } = parseStreamName(recorded.stream);
      const followed = { plan, id: parts[0]!, steps: [], postponements: [], demo: reporting.demo };
      return event.type === 'PolicyPlanned' ? { ...followed, planned: event.data } : { ...followed, cited: event.data };
    }
    if (!before) throw new Error(`${event.type} before the policy was listed`);
    const document = { ...before, demo: before.demo || reporting.demo };
    if (event.type === 'PolicyAmended') return { ...document, planned: event.data };
    if (event.type === 'CitedPolicyAmended') return { ...document, cited: event.data };
    if (event.type === 'PolicyPostponed') {
      return { ...document, postponements: [...document.postponements, { ...event.data, ...reporting }] };
    }
    return { ...document, steps: [...document.steps, { to: standings[event.type], ...event.data, ...reporting }] };
  },
};
