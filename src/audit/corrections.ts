import type { Catalogue } from '../kernel/catalogue.js';

/** Events that change what had been entered before, besides those named `…Amended` and `…Withdrawn`. */
export const corrections: ReadonlySet<string> = new Set([
  ...['MeasurementCorrected', 'MeasurementReturned', 'InvestmentCorrected', 'TargetRevised', 'IndicatorRedefined'],
  ...['ProjectRescheduled', 'ProjectSuspended', 'ProjectCancelled', 'PolicyPostponed', 'PolicyDropped'],
  ...['PolicyRepealed', 'TaskReopened', 'TaskDropped', 'EvaluationSuperseded'],
]);

export const isCorrection = (type: string): boolean => corrections.has(type) || /(Amended|Withdrawn)$/.test(type);

export const correctionTypes = ({ types }: Pick<Catalogue, 'types'>): ReadonlySet<string> =>
  new Set(types.flatMap(({ name }) => (isCorrection(name) ? [name] : [])));
