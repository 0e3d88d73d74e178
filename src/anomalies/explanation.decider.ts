import type { Decider } from '../kernel/decider.js';
import { invalid, notFound, refused } from '../kernel/errors.js';
import { drafted, type PlanState } from '../plans/plan.state.js';
import type { ExplanationCommand } from './explanation.commands.js';
import { AnomalyExplained, AnomalyExplanationJudged, type ExplanationEvent } from './explanation.events.js';
import type { ExplainableKind } from './words.js';

interface Explained {
  readonly value: string;
  readonly text: string;
  /** The id of the person. */
  readonly by: string;
  readonly accepted?: boolean;
}

/** The present explanation of each kind of mark on one figure. */
export type ExplanationState = ReadonlyMap<ExplainableKind, Explained>;

export interface ExplanationKnown {
  readonly plan: PlanState;
  /** The value in use as it was entered; absent where there is none. */
  readonly value?: string;
}

export const explanationDecider: Decider<ExplanationCommand, ExplanationEvent, ExplanationState, ExplanationKnown> = {
  initialState: new Map(),

  decide(command, state, { known, actor, reason }) {
    const { plan, code, unit, period, kind } = command;
    drafted(plan, known.plan);
    const { value } = known;
    if (value === undefined) {
      const message = `数据 ${code}/${unit}/${period} 没有数值：请按数据异常提示填写指标、单位和期间`;
      throw notFound('anomaly.unknown-figure', message, 'code');
    }
    const before = state.get(kind);
    const isOfNow = before?.value === value;
    if (command.type === 'ExplainAnomaly') {
      const { text } = command;
      return isOfNow && before.text === text ? [] : [AnomalyExplained.of({ kind, value, text })];
    }
    if (!before || !isOfNow) {
      throw refused('anomaly.not-explained', '该提示还没有对现有数值的说明：请先由填报单位说明', 'kind');
    }
    const { accepted } = command;
    if (before.accepted === accepted) return [];
    if (before.by === actor.id) throw refused('anomaly.own-explanation', '该说明由您作出：须由他人审核');
    if (!accepted && !reason) throw invalid('reason.missing', '不认可说明的须写明事由', 'reason');
    return [AnomalyExplanationJudged.of({ kind, accepted })];
  },

  evolve(state, event) {
    const { kind } = event.data;
    if (event.type === 'AnomalyExplained') {
      const { value, text } = event.data;
      return new Map([...state, [kind, { value, text, by: event.metadata.actor.id }]]);
    }
    return new Map([...state, [kind, { ...state.get(kind)!, accepted: event.data.accepted }]]);
  },
};
