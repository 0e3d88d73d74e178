import type { Catalogue } from '../kernel/catalogue.js';

/** Events that change, take back or amend what had been entered before, besides those named `…Amended`. */
export const corrections: ReadonlySet<string> = new Set([
  ...['MeasurementCorrected', 'MeasurementReturned', 'MeasurementWithdrawn', 'InvestmentCorrected'],
  ...['TargetRevised', 'TargetWithdrawn', 'IndicatorRedefined', 'UnitChangeWithdrawn', 'SubmissionWithdrawn'],
  ...['ProjectRescheduled', 'ProjectSuspended', 'ProjectCancelled', 'PolicyPostponed', 'PolicyDropped'],
  ...['PolicyRepealed', 'TaskReopened', 'TaskDropped', 'PromiseWithdrawn', 'FindingWithdrawn', 'EvaluationSuperseded'],
]);

export const isCorrection = (type: string): boolean => corrections.has(type) || type.endsWith('Amended');

export const correctionTypes = ({ types }: Pick<Catalogue, 'types'>): ReadonlySet<string> =>
  new Set(types.flatMap(({ name }) => (isCorrection(name) ? [name] : [])));
