import { isDeepStrictEqual } from 'node:util';
import type { Decider, DecisionContext } from '../kernel/decider.js';
import { DomainError, invalid, notFound, refused } from '../kernel/errors.js';
import type { Outcome } from '../kernel/handling.js';
import { plain } from '../kernel/json.js';
import { reportingPeriod, wholeYear } from '../kernel/period.js';
import type { Instant } from '../kernel/time.js';
import { yearsText } from '../plans/lookup.js';
import { drafted, missingUnit, type PlanState } from '../plans/plan.state.js';
import type { OpenOfAppraisal, StoredAppraisal } from '../slice/appraisals.js';
import type { OpenLine } from '../slice/readiness.js';
import type {
  EvaluationCommand,
  MakeRecommendation,
  OpenEvaluation,
  PublishEvaluation,
  RecordFinding,
  ReportRectification,
  SupersedeEvaluation,
} from './evaluation.commands.js';
import {
  AppraisalFrozen,
  EvaluationOpened,
  EvaluationPublished,
  EvaluationSuperseded,
  FindingRecorded,
  RecommendationMade,
  RectificationReported,
  SnapshotTaken,
  type EvaluationEvent,
} from './evaluation.events.js';

import { decideJudging, scalesOf, type JudgingKnown, type Scheme } from './judging.decider.js';
import { evolveJudging, isJudging, nothingJudged, type JudgingState } from './judging.state.js';
import { openPoints } from './open-points.js';
import { checkFigure, checkKey, type SampleCheckKnown, type SampleChecks } from './sample-check.decider.js';
import { assertDeclarable, defaultScales } from './scales.js';

export type SnapshotFacts = Omit<(typeof SnapshotTaken)['example'], 'number'>;

export interface EvaluationState {
  readonly opened?: Scheme;
  /** Snapshot n is at index n − 1. */
  readonly snapshots: readonly (typeof SnapshotTaken)['example'][];
  readonly findings: readonly (typeof FindingRecorded)['example'][];
  /** Recommendation n is at index n − 1, with the last report of its rectification. */
  readonly recommendations: readonly Recommended[];
  readonly judging: JudgingState;
  readonly checks: SampleChecks;
  readonly published?: number;
  readonly publishedAt?: Instant;
  /** The 考核 sheets of its year as they were frozen. */
  readonly appraisal?: StoredAppraisal;
  readonly supersededBy?: string;
}

interface Recommended {
  readonly made: (typeof RecommendationMade)['example'];
  readonly rectified?: (typeof RectificationReported)['example'];
}

export interface EvaluationKnown extends JudgingKnown, SampleCheckKnown {
  /** Only for TakeSnapshot: facts of the content that was frozen and stored before the decision. */
  readonly snapshot?: SnapshotFacts;
  /** Only for PublishEvaluation: what was not ready as of the snapshot. */
  readonly notReady?: readonly OpenLine[];
  /** Only for PublishEvaluation of a year: what is open of its 考核 sheets, and these as they were stored. */
  readonly appraisal?: { readonly open: readonly OpenOfAppraisal[]; readonly stored: StoredAppraisal };
}

export const kindWords = { annual: '年度监测', midterm: '中期评估', final: '总结评估' } as const;

export const evaluationDecider: Decider<EvaluationCommand, EvaluationEvent, EvaluationState, EvaluationKnown> = {
  initialState: { snapshots: [], findings: [], recommendations: [], judging: nothingJudged, checks: new Map() },

  decide(command, state, context) {
    drafted(command.plan, context.known.plan);
    if (command.type === 'OpenEvaluation') return open(command, state, context.known.plan);
    if (!state.opened) {
      throw notFound('evaluation.unknown', `规划 ${command.plan} 没有评估 ${command.id}：请先建立评估`);
    }
    switch (command.type) {
      case 'TakeSnapshot':
        return takeSnapshot(state, context.known);
      case 'RecordFinding':
        return recordFinding(command, state);
      case 'MakeRecommendation':
        return recommend(command, state, context);
      case 'ReportRectification':
        return rectify(command, state);
      case 'PublishEvaluation':
        return publish(command, state, context.known);
      case 'SupersedeEvaluation':
        return supersede(command, state, context);
      case 'CheckSampledFigure':
        assertOpen(state);
        return checkFigure(command, { checks: state.checks, snapshots: state.snapshots.length }, context);
      default:
        assertOpen(state);
        return decideJudging(command, state.judging, state.opened, context);
    }
  },

  evolve(state, event) {
    if (isJudging(event)) return { ...state, judging: evolveJudging(state.judging, event) };
    switch (event.type) {
      case 'EvaluationOpened':
        return { ...state, opened: event.data };
      case 'SnapshotTaken':
        return { ...state, snapshots: [...state.snapshots, event.data] };
      case 'FindingRecorded':
        return { ...state, findings: [...state.findings, event.data] };
      case 'RecommendationMade':
        return { ...state, recommendations: [...state.recommendations, { made: event.data }] };
      case 'RectificationReported': {
        const at = event.data.recommendation - 1;
        const rectified = { ...state.recommendations[at]!, rectified: event.data };
        return { ...state, recommendations: state.recommendations.with(at, rectified) };
      }
      case 'EvaluationPublished':
        return { ...state, published: event.data.snapshot, publishedAt: event.knownAt };
      case 'AppraisalFrozen':
        return { ...state, appraisal: event.data };
      case 'EvaluationSuperseded':
        return { ...state, supersededBy: event.data.by };
      case 'SampledFigureChecked': {
        const { data } = event;
        return { ...state, checks: new Map([...state.checks, [checkKey(data.snapshot, data), data]]) };
      }
    }
  },
};

function open(command: OpenEvaluation, state: EvaluationState, plan: PlanState): EvaluationEvent[] {
  const { kind, purpose, standard, method, evaluator, window, basis, asOf, participants, lead } = command;
  const { scales, useScales } = command;
  const ofPlan = drafted(command.plan, plan);
  const { startYear, endYear } = ofPlan;
  const period = reportingPeriod(command.period, ofPlan);
  if (period.year < startYear || period.year > endYear) {
    throw invalid('evaluation.period', `评估期间须在规划年度 ${yearsText(ofPlan)} 之内`, 'period');
  }
  if (kind === 'final' && period.year !== endYear) {
    throw invalid(
      'evaluation.final-period',
      `总结评估的期间须为规划结束年 ${wholeYear(endYear, ofPlan).text}`,
      'period',
    );
  }
  assertDeclarable(scales ?? []);
  const declared = [...defaultScales, ...(scales ?? [])].map(({ code }) => code);
  const unknown = useScales?.find((code) => !declared.includes(code));
  if (unknown !== undefined) {
    const message = `没有等级 ${unknown}：可用 ${declared.join('、')}；别的等级请在自定等级中写明`;
    throw invalid('scale.unknown', message, 'useScales');
  }
  const title = command.title ?? `${kindWords[kind]}（${period.text}）`;
  const event = EvaluationOpened.of(
    plain({
      ...{ kind, period: period.text, title, purpose, standard, method, evaluator, window },
      ...{ basis, asOf, participants, lead, scales, useScales },
    }),
  );
  if (!state.opened) return [event];
  if (isDeepStrictEqual(state.opened, event.data)) return [];
  throw refused('evaluation.already-open', `评估 ${command.id} 已建立且内容不同：请换一个编号`, 'id');
}

function takeSnapshot(state: EvaluationState, { snapshot }: EvaluationKnown): EvaluationEvent[] {
  if (!snapshot) throw new Error('TakeSnapshot requires the facts of a stored snapshot');
  if (takenAs(snapshot, state)) return [];
  assertOpen(state);
  return [SnapshotTaken.of({ number: state.snapshots.length + 1, ...snapshot })];
}

/** The snapshot that has this content. The content includes period, known time and rules. */
const takenAs = ({ contentHash }: SnapshotFacts, { snapshots }: EvaluationState) =>
  snapshots.find((taken) => taken.contentHash === contentHash);

/** The snapshot that a TakeSnapshot led to: the one it took, or the earlier one with the same content. */
export function snapshotOf({
  events,
  state,
  known,
}: Outcome<EvaluationEvent, EvaluationState, EvaluationKnown>): (typeof SnapshotTaken)['example'] | undefined {
  const taken = events.find((event) => event.type === 'SnapshotTaken');
  return taken?.data ?? (known?.snapshot && takenAs(known.snapshot, state));
}

function recordFinding({ severity, subject, text }: RecordFinding, state: EvaluationState): EvaluationEvent[] {
  assertOpen(state);
  const finding = { severity, subject, text };
  if (state.findings.some(({ number: _, ...existing }) => isDeepStrictEqual(existing, finding))) return [];
  return [FindingRecorded.of({ number: state.findings.length + 1, ...finding })];
}

function recommend(
  { text, unit, dueOn }: MakeRecommendation,
  state: EvaluationState,
  { known }: DecisionContext<EvaluationKnown>,
): EvaluationEvent[] {
  assertOpen(state);
  if (unit !== undefined && !known.plan.units.has(unit)) {
    const { missing, meant } = missingUnit(unit, known.plan);
    throw invalid('evaluation.unknown-unit', `规划中没有单位 ${unit}${meant}`, 'unit', missing);
  }
  const made = plain({ text, unit, dueOn });
  if (state.recommendations.some(({ made: { number: _, ...existing } }) => isDeepStrictEqual(existing, made)))
    return [];
  return [RecommendationMade.of({ number: state.recommendations.length + 1, ...made })];
}

function rectify(command: ReportRectification, state: EvaluationState): EvaluationEvent[] {
  const recommended = state.recommendations[command.recommendation - 1];
  if (!recommended) throw notFound('evaluation.unknown-recommendation', `没有第 ${command.recommendation} 条建议`);
  const { recommendation, text, finished } = command;
  const event = RectificationReported.of({ recommendation, text, finished });
  if (isDeepStrictEqual(recommended.rectified, event.data)) return [];
  if (recommended.rectified?.finished) throw refused('evaluation.rectified', `第 ${recommendation} 条建议已整改完成`);
  return [event];
}

function publish(
  { snapshot, acceptWarnings = [] }: PublishEvaluation,
  state: EvaluationState,
  { notReady = [], appraisal }: EvaluationKnown,
): EvaluationEvent[] {
  if (state.published === snapshot) return [];
  assertOpen(state);
  if (!state.snapshots[snapshot - 1]) throw notFound('evaluation.unknown-snapshot', `没有第 ${snapshot} 份快照`);
  const { verdicts, conclusions } = state.judging;
  const points = openPoints({
    verdicts: verdicts.filter(({ isWithdrawn }) => !isWithdrawn),
    concluded: new Set(conclusions.keys()),
    scales: scalesOf(state.opened!),
    notReady,
    ofAppraisal: appraisal?.open ?? [],
  });
  const left = points.filter(({ id }) => !acceptWarnings.includes(id));
  if (left.length > 0) {
    const message = `尚有 ${left.length} 项未了结：请办结，或逐项写明接受（acceptWarnings）`;
    const problems = left.map(({ id, text }) => ({
      ...{ code: 'evaluation.open-points', id, message: `${text}（${id}）`, field: 'acceptWarnings' },
    }));
    throw new DomainError('refused', 'evaluation.open-points', message, { problems });
  }
  const accepted = points.map(({ id }) => id);
  return [
    EvaluationPublished.of({ snapshot, ...(accepted.length > 0 && { accepted }) }),
    ...(appraisal ? [AppraisalFrozen.of({ ...appraisal.stored })] : []),
  ];
}

function supersede(
  { id, by }: SupersedeEvaluation,
  state: EvaluationState,
  { reason }: DecisionContext<EvaluationKnown>,
): EvaluationEvent[] {
  if (by === id) throw invalid('evaluation.superseded-by-itself', '评估不能由其自身接替', 'by');
  if (state.supersededBy === by) return [];
  if (state.supersededBy !== undefined) {
    throw refused('evaluation.already-superseded', `该评估已由 ${state.supersededBy} 接替`);
  }
  if (!reason) throw invalid('reason.missing', '接替评估须写明事由', 'reason');
  return [EvaluationSuperseded.of({ by })];
}

function assertOpen({ published, supersededBy }: EvaluationState): void {
  if (supersededBy !== undefined) throw refused('evaluation.superseded', `该评估已由 ${supersededBy} 接替，不能再改`);
  if (published !== undefined) throw refused('evaluation.published', '该评估已发布，不能再改：请另建评估并接替');
}
