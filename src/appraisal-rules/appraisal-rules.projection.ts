import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { AppraisalRulesEvent } from './appraisal-rules.events.js';
import { defaultAppraisalRules, type AppraisalRules } from './appraisal-rules.js';

/** The rules of the 考核 sheets of a plan, and which version of them they are. */
export interface AppraisalRulesInForce extends AppraisalRules {
  /** 0 means that the plan sets none and Tongjian's defaults apply. */
  readonly version: number;
}

/** Read model of a plan's rules of 考核, keyed by the plan's code. */
export interface AppraisalRulesDocument extends AppraisalRulesInForce {
  readonly plan: string;
}

export const appraisalRulesProjection: Projection<AppraisalRulesDocument> = {
  name: 'appraisal-rules',
  version: 1,
  category: 'appraisalrules',

  keys: ({ stream }) => [parseStreamName(stream).plan],

  evolve(_, recorded) {
    const { data, stream } = recorded as RecordedEvent & AppraisalRulesEvent;
    return { plan: parseStreamName(stream).plan, version: data.version, ...data.rules };
  },
};

/** The rules in force at a moment. */
export async function readAppraisalRules(views: Views, plan: string, asOf?: AsOf): Promise<AppraisalRulesDocument> {
  const found = await views.get(appraisalRulesProjection, plan, asOf);
  return found?.body ?? { plan, version: 0, ...defaultAppraisalRules };
}
