import type { Decider } from '../kernel/decider.js';
import { notFound } from '../kernel/errors.js';
import { drafted, missingUnit, type PlanState } from '../plans/plan.state.js';
import type { KeepEvidence } from './evidence.commands.js';
import { EvidenceKept, type EvidenceEvent } from './evidence.events.js';

export interface EvidenceState {
  /** The units for which the file is kept. */
  readonly units: readonly string[];
}

export const evidenceDecider: Decider<KeepEvidence, EvidenceEvent, EvidenceState, { readonly plan: PlanState }> = {
  initialState: { units: [] },

  decide({ plan, unit, title, fileType, size }, { units }, { known }) {
    drafted(plan, known.plan);
    if (!known.plan.units.has(unit)) {
      const { missing, meant } = missingUnit(unit, known.plan);
      throw notFound('unit.unknown', `规划 ${plan} 没有单位 ${unit}：请核对单位代码${meant}`, 'unit', missing);
    }
    return units.includes(unit) ? [] : [EvidenceKept.of({ unit, title, type: fileType, size })];
  },

  evolve: ({ units }, { data }) => ({ units: [...units, data.unit] }),
};
