import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { QualityEvent } from './quality.events.js';
import { defaultQualityRules, type QualityRule } from './quality-rules.js';

/** Read model of a plan's rules of data quality, keyed by the plan's code. */
export interface QualityRulesDocument {
  readonly plan: string;
  /** 0 means that the plan sets none and the default rules apply. */
  readonly version: number;
  readonly rules: readonly QualityRule[];
}

export const qualityProjection: Projection<QualityRulesDocument> = {
  name: 'quality-rules',
  version: 1,
  category: 'quality',

  keys: ({ stream }) => [parseStreamName(stream).plan],

  evolve(_, recorded) {
    const { data, stream } = recorded as RecordedEvent & QualityEvent;
    return { plan: parseStreamName(stream).plan, ...data };
  },
};

/** The rules of a plan as of a moment. */
export async function readQualityRules(views: Views, plan: string, asOf?: AsOf): Promise<QualityRulesDocument> {
  const found = await views.get(qualityProjection, plan, asOf);
  return found?.body ?? { plan, version: 0, rules: defaultQualityRules };
}
