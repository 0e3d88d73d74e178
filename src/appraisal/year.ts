import { invalid } from '../kernel/errors.js';
import { parsePeriod, type Period } from '../kernel/period.js';

/** @throws {DomainError} `appraisal.period`: it is not a whole year */
export function yearOf(text: string): Period {
  const period = parsePeriod(text);
  if (isYear(period)) return period;
  throw invalid('appraisal.period', `考核按年度：期间须为一年，如 ${period.year}，收到 ${text}`, 'period');
}

export const isYear = ({ frequency }: Period): boolean => frequency === 'A';
