import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import { defaultEvaluationRules, type EvaluationRules } from './evaluation-rules.js';
import type { Publication } from './publication.js';
import type { ReportingRules } from './reporting-rules.js';
import { unlockOf, without, type Unlock } from './unlocks.js';
import type { Area } from './plan.state.js';
import { correctedUnit, evolveUnits, type TerritoryChange, type Unit, type UnitInTime } from './units-in-time.js';
import type { Deadlines, PlanDrafted, PlanEvent } from './plan.events.js';

type Drafted = (typeof PlanDrafted)['example'];

/** Read model of a plan: one document per plan, keyed by its slug. */
export interface PlanDocument extends Drafted {
  readonly plan: string;
  readonly approval?: { approvedBy: string; documentNumber?: string; approvedOn?: string };
  readonly areas: readonly Area[];
  /** Through time: `unitsIn` gives those of a period. */
  readonly units: readonly UnitInTime[];
  /** Absent while there are none. */
  readonly territoryChanges?: readonly TerritoryChange[];
  /** Version 0 means that the plan sets no rules and the engine's defaults apply. */
  readonly rules: { readonly version: number; readonly rules: EvaluationRules };
  /** Absent while the plan sets none: figures have one approval, by anybody. */
  readonly reporting?: ReportingRules;
  /** Unlockings that were not ended early; each is over after its last day. Absent while there were none. */
  readonly unlocks?: readonly Unlock[];
  /** Until when reports are due; absent while the plan sets nothing. */
  readonly deadlines?: Deadlines;
  /** What of published evaluations is public; absent while the plan says nothing. It is no part of snapshots. */
  readonly publication?: Publication;
  readonly closed: boolean;
  readonly demo: boolean;
}

export const planProjection: Projection<PlanDocument> = {
  name: 'plans',
  version: 3,
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
      case 'PlanAmended':
        return { ...withoutDraft(document), ...event.data };
      case 'PlanApproved':
        return { ...document, approval: event.data };
      case 'AreaDefined':
        return { ...document, areas: [...document.areas, event.data] };
      case 'AreaAmended': {
        const { code } = event.data;
        return { ...document, areas: document.areas.map((area) => (area.code === code ? event.data : area)) };
      }
      case 'AreaRetired':
        return { ...document, areas: document.areas.filter(({ code }) => code !== event.data.code) };
      case 'UnitEnrolled':
        return { ...document, units: [...document.units, event.data] };
      case 'UnitAmended': {
        const { code } = event.data;
        const corrected = (unit: UnitInTime) => (unit.code === code ? correctedUnit(unit, event.data) : unit);
        return { ...document, units: document.units.map(corrected) };
      }
      case 'UnitRenamed':
      case 'UnitMoved':
      case 'UnitsMerged':
      case 'UnitSplit':
      case 'UnitEnded':
      case 'UnitChangeWithdrawn': {
        const { units, territoryChanges } = evolveUnits(document, event);
        const { territoryChanges: _, ...rest } = document;
        return { ...rest, units, ...(territoryChanges.length > 0 && { territoryChanges }) };
      }
      case 'EvaluationRulesSet':
        return { ...document, rules: event.data };
      case 'ReportingRulesSet':
        return { ...document, reporting: event.data };
      case 'FiguresUnlocked':
        return { ...document, unlocks: [...without(document.unlocks, event.data), unlockOf(recorded, event.data)] };
      case 'UnlockingEnded':
        return { ...document, unlocks: without(document.unlocks, event.data) };
      case 'DeadlinesSet':
        return { ...document, deadlines: event.data };
      case 'PublicationSet':
        return { ...document, publication: event.data };
      case 'PlanClosed':
        return { ...document, closed: true };
    }
  },
};

/** The document without what the plan says of itself, of which an amendment may leave out some. */
function withoutDraft(document: PlanDocument): Omit<PlanDocument, keyof Drafted> {
  const { plan, approval, areas, units, territoryChanges, rules, reporting, unlocks, deadlines, closed, demo } =
    document;
  const { publication } = document;
  return {
    ...{ plan, areas, units, rules, closed, demo },
    ...(approval && { approval }),
    ...(territoryChanges && { territoryChanges }),
    ...(reporting && { reporting }),
    ...(unlocks && { unlocks }),
    ...(deadlines && { deadlines }),
    ...(publication && { publication }),
  };
}

/** The units that are judged. A reference unit only lends figures for comparison. */
export const judgedUnits = <Each extends Unit>({ units }: { readonly units: readonly Each[] }): Each[] =>
  units.filter(({ level }) => level !== 'reference');

/** The code of the unit above all others: the city. */
export const topUnit = (plan: { readonly units: readonly Unit[] }): string | undefined =>
  judgedUnits(plan).find(({ parent }) => parent === undefined)?.code;
