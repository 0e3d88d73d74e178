import type { Evidence, RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type {
  AppraisalFrozen,
  EvaluationEvent,
  FindingRecorded,
  RecommendationMade,
  SnapshotTaken,
} from './evaluation.events.js';
import type { Scheme } from './judging.decider.js';
import { foldJudging, nothingEntered, type JudgingEntries, type Stamped } from './judging.projection.js';
import { isJudging } from './judging.state.js';
import type { SampleCheck } from './sample-check.events.js';

export type SnapshotEntry = Stamped<(typeof SnapshotTaken)['example']>;
export type RecommendationEntry = Stamped<(typeof RecommendationMade)['example']> & {
  readonly rectifications: readonly Stamped<{ text: string; finished: boolean }>[];
};

/** A check of a sampled figure: by whom, why, and on what sources. */
export type CheckEntry = Stamped<SampleCheck> & {
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
};

/** Read model of an evaluation: one document per evaluation, keyed by `plan/id`. */
export interface EvaluationDocument extends Stamped<Scheme>, JudgingEntries {
  readonly plan: string;
  readonly id: string;
  readonly snapshots: readonly SnapshotEntry[];
  readonly findings: readonly Stamped<(typeof FindingRecorded)['example']>[];
  readonly recommendations: readonly RecommendationEntry[];
  /** Every check of figures of its snapshots, the last of a figure counts. */
  readonly checks: readonly CheckEntry[];
  readonly published?: number;
  readonly publishedAt?: string;
  /** What was open when it was published and was accepted, by name. */
  readonly accepted?: readonly string[];
  /** The 考核 sheets that were frozen with its publication; only of an annual evaluation. */
  readonly appraisal?: Stamped<(typeof AppraisalFrozen)['example']>;
  readonly supersededBy?: string;
  /** Why it was superseded; nothing of those before that had to be said. */
  readonly supersededBecause?: string;
  readonly demo: boolean;
}

export const evaluationProjection: Projection<EvaluationDocument> = {
  name: 'evaluations',
  version: 4,
  category: 'evaluation',

  keys({ stream }) {
    const { plan, parts } = parseStreamName(stream);
    return [`${plan}/${parts[0]}`];
  },

  evolve(document, recorded) {
    const event = recorded as RecordedEvent & EvaluationEvent;
    const stamp = { by: recorded.metadata.actor.name, knownAt: recorded.knownAt };
    if (event.type === 'EvaluationOpened') {
      const { plan, parts } = parseStreamName(recorded.stream);
      return {
        ...event.data,
        ...stamp,
        plan,
        id: parts[0]!,
        snapshots: [],
        findings: [],
        recommendations: [],
        checks: [],
        ...nothingEntered,
        demo: recorded.metadata.demo ?? false,
      };
    }
    if (!document) throw new Error(`${event.type} before the evaluation was opened`);
    if (isJudging(event)) return { ...document, ...foldJudging(document, event) };
    switch (event.type) {
      case 'SnapshotTaken':
        return { ...document, snapshots: [...document.snapshots, { ...event.data, ...stamp }] };
      case 'FindingRecorded':
        return { ...document, findings: [...document.findings, { ...event.data, ...stamp }] };
      case 'RecommendationMade': {
        const recommendation = { ...event.data, ...stamp, rectifications: [] };
        return { ...document, recommendations: [...document.recommendations, recommendation] };
      }
      case 'RectificationReported': {
        const { recommendation, text, finished } = event.data;
        const before = document.recommendations[recommendation - 1]!;
        const rectifications = [...before.rectifications, { text, finished, ...stamp }];
        return {
          ...document,
          recommendations: document.recommendations.with(recommendation - 1, { ...before, rectifications }),
        };
      }
      case 'SampledFigureChecked': {
        const { reason, evidence } = recorded.metadata;
        const said = { ...(reason !== undefined && { reason }), ...(evidence && { evidence }) };
        return { ...document, checks: [...document.checks, { ...event.data, ...stamp, ...said }] };
      }
      case 'EvaluationPublished':
        return {
          ...document,
          published: event.data.snapshot,
          publishedAt: recorded.knownAt,
          ...(event.data.accepted && { accepted: event.data.accepted }),
        };
      case 'AppraisalFrozen':
        return { ...document, appraisal: { ...event.data, ...stamp } };
      case 'EvaluationSuperseded': {
        const { reason } = recorded.metadata;
        return { ...document, supersededBy: event.data.by, ...(reason !== undefined && { supersededBecause: reason }) };
      }
    }
  },
};
