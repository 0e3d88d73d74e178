import type { Grant } from '../api/types';
import { day } from '../format';
import { t } from '../shared/i18n';
import { ownTimeZone } from '../shared/own-time-zone';

export type GrantStanding = 'now' | 'later' | 'over';

export const grantStandingWords: Readonly<Record<GrantStanding, string>> = {
  now: t('现行'),
  later: t('尚未开始'),
  over: t('已结束'),
};

export function grantStanding({ from, until }: Pick<Grant, 'from' | 'until'>): GrantStanding {
  const now = Date.now();
  if (until !== undefined && Date.parse(until) <= now) return 'over';
  return Date.parse(from) > now ? 'later' : 'now';
}

export const isInForce = (grant: Pick<Grant, 'from' | 'until'>): boolean => grantStanding(grant) === 'now';

/** The last day on which a grant or token holds: its end is the first moment at which it holds no more. */
export const lastDay = (until: string): string => day(new Date(Date.parse(until) - 1).toISOString(), ownTimeZone);

export const fromDay = (from: string): string => day(from, ownTimeZone);
