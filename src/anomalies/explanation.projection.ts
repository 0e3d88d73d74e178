import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { ExplanationEvent } from './explanation.events.js';
import type { ExplainableKind } from './words.js';

/** How a reviewer judged an explanation. */
export interface ExplanationJudgement {
  readonly accepted: boolean;
  readonly by: string;
  readonly knownAt: string;
  readonly reason?: string;
}

/** What was said of a mark of one kind; it holds while the value is the one that it was said of. */
export interface MarkExplanation {
  readonly text: string;
  readonly value: string;
  readonly by: string;
  readonly knownAt: string;
  readonly judged?: ExplanationJudgement;
}

/** Read model of what was said of the marks of one figure, keyed by `plan/code/period/unit` as the figure is. */
export interface ExplanationsDocument {
  readonly kinds: Readonly<Partial<Record<ExplainableKind, MarkExplanation>>>;
}

export const explanationProjection: Projection<ExplanationsDocument> = {
  name: 'anomaly-explanations',
  version: 1,
  category: 'anomaly',

  keys({ stream }) {
    const { plan, parts } = parseStreamName(stream);
    const [code, unit, period] = parts;
    return [`${plan}/${code}/${period}/${unit}`];
  },

  evolve(before, recorded) {
    const event = recorded as RecordedEvent & ExplanationEvent;
    const { actor, reason } = recorded.metadata;
    const stamp = { by: actor.name, knownAt: recorded.knownAt };
    const kinds = before?.kinds ?? {};
    if (event.type === 'AnomalyExplained') {
      const { kind, text, value } = event.data;
      return { kinds: { ...kinds, [kind]: { text, value, ...stamp } } };
    }
    const { kind, accepted } = event.data;
    const judged = { accepted, ...stamp, ...(reason !== undefined && { reason }) };
    return { kinds: { ...kinds, [kind]: { ...kinds[kind]!, judged } } };
  },
};
