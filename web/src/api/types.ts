import type { components } from '../../../generated/api';

type Schemas = components['schemas'];

export type PlanSummary = Schemas['PlanSummary'];
export type PlanDocument = Schemas['PlanDocument'];
export type Row = Schemas['OverviewIndicator']['row'];
export type Cell = Row['cells'][number];
export type Finding = Schemas['Finding'];
export type Measured = Schemas['Measured'];
export type BrokenDown = Schemas['BrokenDown'];
export type Unmeasured = Schemas['Unmeasured'];
export type Assessment = Schemas['Assessment'];
export type Status = Schemas['Status'];
export type Light = Schemas['Light'];
export type Target = Schemas['CellTarget'];
export type FormulaInput = Schemas['FormulaInput'];
export type IndexMove = Schemas['IndexMove'];
export type Timeline = Schemas['Timeline'];
export type Summary = Schemas['OverviewSummary'];
export type IndicatorDigest = Schemas['IndicatorDigest'];
export type UnitIndicators = Schemas['UnitIndicators'];
export type UnitIndicator = Schemas['UnitIndicator'];
export type SearchHit = Schemas['SearchHit'];
export type Matrix = Schemas['OverviewMatrix'];
export type OverviewNotes = Schemas['OverviewNotes'];
export type UnitOverview = Schemas['UnitOverview'];
export type Unit = PlanDocument['units'][number];
export type IndicatorDocument = Schemas['IndicatorDocument'];
export type History = Schemas['IndicatorHistory'];
export type HistoryPoint = Schemas['HistoryPoint'];
export type TrailEntry = Schemas['TrailEntry'];
export type TrailPage = Schemas['TrailPage'];
export type EventRecord = Schemas['EventRecord'];
export type LogProof = Schemas['LogProof'];
export type RightHeld = Schemas['RightHeld'];
export type Evidence = Schemas['Evidence'];
export type FigureDocument = Schemas['FigureDocument'];
export type FigureAnswer = Schemas['FigureAnswer'];
export type ReviewPage = Schemas['ReviewPage'];
export type ReviewItem = Schemas['ReviewItem'];
export type Unlock = Schemas['Unlock'];
export type Evaluation = Schemas['EvaluationDocument'];
export type SnapshotEntry = Schemas['SnapshotEntry'];
export type EvaluationKind = Schemas['EvaluationKind'];
export type Verification = Schemas['Verification'];
export type Comparison = Schemas['Comparison'];
export type Judgement = Schemas['Judgement'];
export type JudgedItem = Judgement['items'][number];
export type Verdict = JudgedItem['verdicts'][number];
export type AssessorStanding = Verdict['standing'];
export type EvaluationReadiness = Schemas['EvaluationReadiness'];
export type ReadinessPage = Schemas['ReadinessPage'];
export type ReadinessLine = Schemas['ReadinessLine'];
export type Difference = Schemas['Difference'];
export type Problem = Schemas['ProblemDetails'];
export type ChangeNotice = Schemas['ChangeNotice'];
export type CommandAnswer = Schemas['CommandAnswer'];
export type LoadingStep = NonNullable<Schemas['SystemStatus']['loading']>;

export type OwnSession = Schemas['OwnSessionAnswer'];
export type OwnRole = Schemas['OwnRole'];
export type RoleName = Schemas['RoleName'];
export type Permission = Schemas['Permission'];
export type TokenListing = Schemas['TokenListing'];
export type TokenInput = Schemas['TokenInput'];

export type Person = Schemas['PersonAnswer'];
export type Grant = Schemas['Grant'];
export type PersonStep = Schemas['PersonStep'];
export type GrantScope = Schemas['GrantScope'];
export type InvitationAnswer = Schemas['InvitationAnswer'];
export type AccessEntry = Schemas['AccessEntry'];
export type AccessKind = Schemas['AccessKind'];
export type QualityRules = Schemas['QualityRulesDocument'];
export type Webhook = Schemas['WebhookStatus'];
export type Delivery = Schemas['ReminderDocument'];
export type DueDay = Schemas['DueDay'];
export type SystemStatus = Schemas['SystemStatus'];
export type FolderDifferences = Schemas['FolderDifferences'];
export type SubmissionResult = Schemas['SubmissionResult'];

export type PromiseNow = Schemas['PromiseNow'];
export type ProjectNow = Schemas['ProjectNow'];
export type ProjectSums = Schemas['ProjectSums'];
export type PolicyNow = Schemas['PolicyNow'];
export type TaskNow = Schemas['TaskNow'];
/**
 * A problem that a person raised. Not to be confused with `Finding`, the value of a figure or the reason for its
 * absence.
 */
export type FindingNow = Schemas['ListedFinding'];
export type Check = Schemas['ListedCheck'];
export type Submission = Schemas['SubmissionDocument'];
export type Severity = Check['severity'];
export type SubjectType = Schemas['FindingSubject'];

export const isMeasured = (finding: Finding): finding is Measured => 'exact' in finding;

export type Obligation = Schemas['Obligation'];
export type ObligationState = Schemas['ObligationState'];
export type ObligationPeriod = Schemas['ObligationPeriod'];
export type ReportForm = Schemas['ReportForm'];
export type FormFigure = Schemas['FormFigure'];
export type FigureCheck = Schemas['FigureCheck'];
export type QualityMark = Schemas['QualityMark'];
export type ReportResult = Schemas['ReportResult'];
export type ReportedRow = Schemas['ReportedRow'];
export type RowOutcome = Schemas['RowOutcome'];
export type FolderWarning = Schemas['FolderWarning'];
export type LatestChange = Schemas['LatestChange'];
export type ProjectDocument = Schemas['ProjectDocument'];
export type PolicyDocument = Schemas['PolicyDocument'];
export type TaskDocument = Schemas['TaskDocument'];
