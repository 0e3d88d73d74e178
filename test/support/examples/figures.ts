import {
  IndicatorMeasured,
  MeasurementApproved,
  MeasurementCorrected,
  MeasurementDeclaredMissing,
  MeasurementReturned,
  MeasurementWithdrawn,
  type MissingReason,
  type Reported,
} from '../../../src/figures/figure.events.js';
import { plan } from './plans.js';

/** The figure 护理型床位比例 (share of nursing beds) of 莲都 in 2022. */
export const lianduBeds = { plan, code: '02', unit: '331102', period: '2022' };

export const ratio = (numerator: string, denominator: string): Reported => ({ numerator, denominator });
export const value = (text: string): Reported => ({ value: text });

/** The value as first reported (55.5 %), and as corrected: 54 beds were not nursing beds. */
export const beds2161 = ratio('2161', '3891');
export const beds2107 = ratio('2107', '3891');

export const measured = (reported: Reported, definitionVersion = 1) =>
  IndicatorMeasured.of({ reported, definitionVersion });
export const corrected = (from: Reported, to: Reported, definitionVersion = 1) =>
  MeasurementCorrected.of({ from, to, definitionVersion });
export const approved = (reported: Reported) => MeasurementApproved.of({ reported });
export const returned = (reported: Reported) => MeasurementReturned.of({ reported });
export const withdrawn = (reported?: Reported) => MeasurementWithdrawn.of(reported ? { reported } : {});
export const missing = (because: MissingReason) => MeasurementDeclaredMissing.of({ because });
