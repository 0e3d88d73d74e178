import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import type { PlanState } from '../plans/plan.state.js';
import { deciding, type Slice } from '../slice/slice.js';
import { KeepEvidence } from './evidence.commands.js';
import { EvidenceController } from './evidence.controller.js';
import { evidenceDecider, type EvidenceState } from './evidence.decider.js';
import { evidenceEvents, evidenceStream, type EvidenceEvent } from './evidence.events.js';
import { evidenceProjection } from './evidence.projection.js';

export const evidenceSlice: Slice = {
  name: 'evidence',
  events: evidenceEvents,
  projections: [evidenceProjection],
  deciding: deciding<KeepEvidence, EvidenceEvent, EvidenceState, { readonly plan: PlanState }>({
    decider: evidenceDecider,
    commands: [
      {
        type: KeepEvidence,
        path: 'plans/:plan/evidence',
        permission: 'evidence.keep',
        internal: true,
        summary: '留存依据文件',
      },
    ],
    stream: ({ plan, sha256 }) => evidenceStream(plan, sha256),
    known: async (command, load) => ({ plan: await knownPlan(command, load) }),
    units: ({ plan, unit }, load) => unitsFrom(plan, unit, load),
    timeZone: planTimeZone,
  }),
  controllers: [EvidenceController],
};
