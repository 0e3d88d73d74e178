import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import { defaultEvaluationRules, type EvaluationRules } from './evaluation-rules.js';
import type { Area, Unit } from './plan.decider.js';
import type { PlanDrafted, PlanEvent } from './plan.events.js';

type Drafted = (typeof PlanDrafted)['example'];

/** Read model of a plan: one document per plan, keyed by its slug. */
export interface PlanDocument extends Drafted {
  readonly plan: string;
  readonly approval?: { approvedBy: string; documentNumber?: string; approvedOn?: string };
  readonly areas: readonly Area[];
  readonly units: readonly Unit[];
  /** Version 0 means that the plan sets no rules and the engine's defaults apply. */
  readonly rules: { readonly version: number; readonly rules: EvaluationRules };
  readonly closed: boolean;
  readonly demo: boolean;
}

export const planProjection: Projection<PlanDocument> = {
  name: 'plans',
  version: 2,
  category: 'plan',

  keys({ stream }) {
    const { plan } = parseStreamName(stream);
    return [plan];
  },

  evolve(document, recorded) {
    const event = recorded as RecordedEvent & PlanEvent;
    if (event.type === 'PlanDrafted') {
      return {
        ...event.data,
        plan: parseStreamName(recorded.stream).plan,
        areas: [],
        units: [],
        rules: { version: 0, rules: defaultEvaluationRules },
        closed: false,
        demo: recorded.metadata.demo ?? false,
      };
    }
    if (!document) throw new Error(`${event.type} before the plan was drafted`);
    switch (event.type) {
      case 'PlanApproved':
        return { ...document, approval: event.data };
      case 'AreaDefined':
        return { ...document, areas: [...document.areas, event.data] };
      case 'UnitEnrolled':
        return { ...document, units: [...document.units, event.data] };
      case 'EvaluationRulesSet':
        return { ...document, rules: event.data };
      case 'PlanClosed':
        return { ...document, closed: true };
    }
  },
};

/** The period that a query means where it names none: the mid-term, or the last year of a plan without one. */
export const defaultPeriod = ({ midterm, endYear }: Pick<PlanDocument, 'midterm' | 'endYear'>): string =>
  midterm ?? String(endYear);

/** The units that are judged. A reference unit only lends figures for comparison. */
export const judgedUnits = ({ units }: Pick<PlanDocument, 'units'>): Unit[] =>
  units.filter(({ level }) => level !== 'reference');

/** The code of the unit above all others: the city. */
export const topUnit = (plan: Pick<PlanDocument, 'units'>): string | undefined =>
  judgedUnits(plan).find(({ parent }) => parent === undefined)?.code;
