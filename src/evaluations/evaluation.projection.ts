import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type {
  EvaluationEvent,
  EvaluationOpened,
  FindingRecorded,
  RecommendationMade,
  SnapshotTaken,
} from './evaluation.events.js';

type Stamped<Data> = Data & { readonly by: string; readonly knownAt: string };

export type SnapshotEntry = Stamped<(typeof SnapshotTaken)['example']>;
export type RecommendationEntry = Stamped<(typeof RecommendationMade)['example']> & {
  readonly rectifications: readonly Stamped<{ text: string; finished: boolean }>[];
};

/** Read model of an evaluation: one document per evaluation, keyed by `plan/id`. */
export interface EvaluationDocument extends Stamped<(typeof EvaluationOpened)['example']> {
  readonly plan: string;
  readonly id: string;
  readonly snapshots: readonly SnapshotEntry[];
  readonly findings: readonly Stamped<(typeof FindingRecorded)['example']>[];
  readonly recommendations: readonly RecommendationEntry[];
  readonly published?: number;
  readonly publishedAt?: string;
  readonly supersededBy?: string;
  readonly demo: boolean;
}

export const evaluationProjection: Projection<EvaluationDocument> = {
  name: 'evaluations',
  version: 2,
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
        demo: recorded.metadata.demo ?? false,
      };
    }
    if (!document) throw new Error(`${event.type} before the evaluation was opened`);
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
      case 'EvaluationPublished':
        return { ...document, published: event.data.snapshot, publishedAt: recorded.knownAt };
      case 'EvaluationSuperseded':
        return { ...document, supersededBy: event.data.by };
    }
  },
};
