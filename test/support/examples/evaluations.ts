import type { SnapshotFacts } from '../../../src/evaluations/evaluation.decider.js';
import {
  EvaluationOpened,
  EvaluationPublished,
  EvaluationSuperseded,
  FindingRecorded,
  RecommendationMade,
  RectificationReported,
  SnapshotTaken,
} from '../../../src/evaluations/evaluation.events.js';
import { VerdictGiven } from '../../../src/evaluations/judging.events.js';

export const midtermOpened = EvaluationOpened.of({ kind: 'midterm', period: '2022', title: '中期评估（2022）' });

export const frozen: SnapshotFacts = {
  period: '2022',
  asOf: '2023-06-30T15:59:59.999Z',
  position: '812',
  rulesVersion: 1,
  method: 2,
  contentHash: 'a'.repeat(64),
  size: 48_211,
  summary: { index: '96.2', coverage: '100', statuses: { ahead: 4, behind: 1 } },
};
export const frozenLater: SnapshotFacts = { ...frozen, asOf: '2023-08-31T15:59:59.999Z', contentHash: 'b'.repeat(64) };

export const snapshotTaken = (number = 1, facts = frozen) => SnapshotTaken.of({ number, ...facts });
export const findingRecorded = (number = 1, text = '联办率严重滞后于序时进度') =>
  FindingRecorded.of({ number, severity: 'high', subject: '05', text });
export const recommendationMade = (number = 1, text = '加快“一件事”联办事项接入') =>
  RecommendationMade.of({ number, text, unit: '331102', dueOn: '2023-12-31' });
export const rectificationReported = (finished: boolean, text = '已接入 8 项') =>
  RectificationReported.of({ recommendation: 1, text, finished });
export const verdictGiven = (step: string, different: Partial<(typeof VerdictGiven)['example']> = {}) =>
  VerdictGiven.of({ number: 1, item: 'plan', standing: 'self', scale: 'five', step, ground: '见附件', ...different });
export const published = (snapshot = 1) => EvaluationPublished.of({ snapshot });
export const superseded = (by = 'midterm-2022-revised') => EvaluationSuperseded.of({ by });
