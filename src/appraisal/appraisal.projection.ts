import type { Evidence, RecordedEvent } from '../kernel/event.js';
import { plain } from '../kernel/json.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { AppraisalEvent, AppraisalPutForth, DeductionObjected } from './appraisal.events.js';

interface Stated {
  readonly by: string;
  readonly knownAt: string;
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
}

/** An objection of a unit to a deduction of its sheet, and how it was withdrawn or decided. */
export type Objection = (typeof DeductionObjected)['example'] &
  Stated & { readonly withdrawn?: Stated; readonly decided?: Stated & { readonly accepted: boolean } };

export type PutForth = (typeof AppraisalPutForth)['example'] & Stated;

/** Read model of what was done about the sheets of a year, keyed by `plan/period`. */
export interface AppraisalDocument {
  readonly plan: string;
  readonly period: string;
  readonly rounds: readonly PutForth[];
  readonly objections: readonly Objection[];
}

export const appraisalProjection: Projection<AppraisalDocument> = {
  name: 'appraisals',
  version: 1,
  category: 'appraisal',

  keys({ stream }) {
    const { plan, parts } = parseStreamName(stream);
    return [`${plan}/${parts[0]}`];
  },

  evolve(before, recorded) {
    const event = recorded as RecordedEvent & AppraisalEvent;
    const { plan, parts } = parseStreamName(recorded.stream);
    const document = before ?? { plan, period: parts[0]!, rounds: [], objections: [] };
    const { actor, reason, evidence } = recorded.metadata;
    const stated: Stated = plain({ by: actor.name, knownAt: recorded.knownAt, reason, evidence });
    switch (event.type) {
      case 'AppraisalPutForth':
        return { ...document, rounds: [...document.rounds, { ...event.data, ...stated }] };
      case 'DeductionObjected':
        return { ...document, objections: [...document.objections, { ...event.data, ...stated }] };
      case 'ObjectionWithdrawn': {
        const { number } = event.data;
        const withdrawn = { ...document.objections[number - 1]!, withdrawn: stated };
        return { ...document, objections: document.objections.with(number - 1, withdrawn) };
      }
      case 'ObjectionDecided': {
        const { number, accepted } = event.data;
        const decided = { ...document.objections[number - 1]!, decided: { accepted, ...stated } };
        return { ...document, objections: document.objections.with(number - 1, decided) };
      }
    }
  },
};

/** What was done about the sheets of a year as of a moment, as far as it is seen. */
export async function readAppraisal(
  views: Views,
  plan: string,
  period: string,
  asOf?: AsOf,
): Promise<Pick<AppraisalDocument, 'rounds' | 'objections'>> {
  return (await views.get(appraisalProjection, `${plan}/${period}`, asOf))?.body ?? { rounds: [], objections: [] };
}
