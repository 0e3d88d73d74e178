import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { isDemo, reportingOf, type Reporting } from '../kernel/reporting.js';
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
  /** Example data: the content or any report. */
  readonly demo: boolean;
  /** Example data: the content alone. */
  readonly demoContent: boolean;
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
  version: 2,
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
      const { demo } = reporting;
      const followed = { plan, id: parts[0]!, steps: [], postponements: [], demo, demoContent: demo };
      return event.type === 'PolicyPlanned' ? { ...followed, planned: event.data } : { ...followed, cited: event.data };
    }
    if (!before) throw new Error(`${event.type} before the policy was listed`);
    if (event.type === 'PolicyReportWithdrawn') return without(event.data.eventId, before);
    const document = { ...before, demo: before.demo || reporting.demo };
    const demoContent = before.demoContent || reporting.demo;
    if (event.type === 'PolicyAmended') return { ...document, planned: event.data, demoContent };
    if (event.type === 'CitedPolicyAmended') return { ...document, cited: event.data, demoContent };
    if (event.type === 'PolicyPostponed') {
      return { ...document, postponements: [...document.postponements, { ...event.data, ...reporting }] };
    }
    return { ...document, steps: [...document.steps, { to: standings[event.type], ...event.data, ...reporting }] };
  },
};

/** The document as if the report had not been made. */
function without(eventId: string, document: PolicyDocument): PolicyDocument {
  const stands = (report: Reporting) => report.eventId !== eventId;
  const steps = document.steps.filter(stands);
  const postponements = document.postponements.filter(stands);
  return { ...document, steps, postponements, demo: isDemo(document.demoContent, steps, postponements) };
}
