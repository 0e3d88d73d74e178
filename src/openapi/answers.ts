/**
 * The types that queries answer with. The build makes `generated/answers.schema.json` of them, which the OpenAPI
 * document carries.
 */
export type { TrailEntry, TrailPage } from '../audit/trail.js';
export type { Comparison } from '../evaluations/comparison.js';
export type { EvaluationDocument } from '../evaluations/evaluation.projection.js';
export type { IndexMove } from '../evaluations/index-move.js';
export type { IndexState } from '../overview/index-state.js';
export type { IndicatorHistory } from '../overview/indicator-history.js';
export type { OverviewNow } from '../overview/overview-later.js';
export type { SnapshotContent, Verification } from '../evaluations/snapshot.js';
export type { FindingDocument } from '../findings/finding.projection.js';
export type { FigurePage } from '../figures/figures.controller.js';
export type { FigureDocument } from '../figures/figure.projection.js';
export type { IndicatorDocument } from '../indicators/indicator.projection.js';
export type { PlanDocument } from '../plans/plan.projection.js';
export type { PlanSummary } from '../plans/plans.controller.js';
export type { PolicyDocument } from '../policies/policy.projection.js';
export type { ProjectDocument } from '../projects/project.projection.js';
export type { PromiseDocument } from '../promises/promise.projection.js';
export type { SubmissionDocument } from '../submissions/submission.projection.js';
export type { SubmissionResult } from '../submissions/submissions.js';
export type { LogProof, SystemStatus } from '../http/system.controller.js';
export type { TaskDocument } from '../tasks/task.projection.js';
