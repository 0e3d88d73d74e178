import { useQueries } from '@tanstack/react-query';
import { planOf, usePlans } from '../api/queries';
import { obligationPeriodsOf, waitingOf } from '../api/reporting-calls';
import type { ObligationPeriod, PlanDocument, Unit } from '../api/types';
import type { SearchChange } from '../app/links';
import { today } from '../format';
import { t } from '../shared/i18n';
import { addDays } from '../state/days';
import { reportingUnits } from '../state/rights';
import { mayAnywhere, useSession } from '../state/session';

/** Something that waits for the person, and the page on which it is done. */
export interface Notice {
  readonly key: string;
  /** The title of the plan. */
  readonly plan: string;
  readonly text: string;
  readonly isGrave: boolean;
  readonly path: string;
  readonly search?: SearchChange;
}

/** So many units of a person are asked about. */
const mostUnits = 3;
/** Days before its end on which an unlocking is told. */
const soon = 7;

const below = (plan: string, page: string): string => `/p/${encodeURIComponent(plan)}/${page}`;

/** What waits for the person across the plans in which they report or review: owed, returned, to approve, ending soon. */
export function useNotices(): { readonly notices: readonly Notice[]; readonly refresh: () => void } {
  const session = useSession();
  const may = (permission: 'figures.report' | 'figures.approve', plan: string) =>
    mayAnywhere(session, [permission], plan);
  const plans = usePlans(mayAnywhere(session, ['figures.report', 'figures.approve'])).data ?? [];
  const reviewed = plans.filter(({ plan }) => may('figures.approve', plan));
  const reported = plans.filter(({ plan }) => may('figures.report', plan));
  const documents = useQueries({ queries: reported.map(({ plan }) => planOf(plan)) });
  const places = documents.flatMap(({ data }) =>
    data
      ? reportingUnits(session, data)
          .slice(0, mostUnits)
          .map((unit) => ({ plan: data, unit }))
      : [],
  );
  const waiting = useQueries({ queries: reviewed.map(({ plan }) => waitingOf(plan)) });
  const owed = useQueries({ queries: places.map(({ plan, unit }) => obligationPeriodsOf(plan.plan, unit.code)) });
  return {
    notices: [
      ...places.flatMap((place, at) => (owed[at]?.data?.periods ?? []).flatMap((period) => owedNotices(place, period))),
      ...reviewed.flatMap(({ plan, title }, at) => {
        const count = waiting[at]?.data?.total ?? 0;
        const text = t('待审核 {{count}} 项', { count });
        return count > 0
          ? [{ key: `${plan} review`, plan: title, text, isGrave: false, path: below(plan, 'review') }]
          : [];
      }),
      ...places.flatMap(unlockNotices),
    ],
    refresh: () => {
      for (const { refetch } of [...waiting, ...owed]) void refetch();
    },
  };
}

interface Place {
  readonly plan: PlanDocument;
  readonly unit: Unit;
}

function owedNotices({ plan, unit }: Place, { period, due, overdue, totals }: ObligationPeriod): Notice[] {
  const of = { plan: plan.title, path: below(plan.plan, 'report'), key: `${plan.plan} ${unit.code} ${period}` };
  const values = { unit: unit.name, period };
  const returned: Notice = {
    ...{ ...of, key: `${of.key} returned`, isGrave: true },
    text: t('{{unit}} {{period}}：退回 {{count}} 项', { ...values, count: totals.returned }),
    search: { unit: unit.code, period, standing: 'returned' },
  };
  const open: Notice = {
    ...{ ...of, isGrave: overdue > 0 },
    text:
      overdue > 0
        ? t('{{unit}} {{period}}：欠报 {{count}} 项，逾期 {{overdue}} 项', { ...values, count: totals.owed, overdue })
        : due === undefined
          ? t('{{unit}} {{period}}：欠报 {{count}} 项', { ...values, count: totals.owed })
          : t('{{unit}} {{period}}：欠报 {{count}} 项，截止 {{due}}', { ...values, count: totals.owed, due }),
    path: below(plan.plan, `report/${encodeURIComponent(period)}`),
    search: { unit: unit.code, standing: 'open' },
  };
  return [...(totals.returned > 0 ? [returned] : []), ...(totals.owed > 0 ? [open] : [])];
}

function unlockNotices({ plan, unit }: Place): Notice[] {
  const now = today(plan.timeZone);
  return (plan.unlocks ?? [])
    .filter((unlock) => unlock.unit === unit.code && unlock.until >= now && unlock.until <= addDays(now, soon))
    .map(({ period, until, code }) => ({
      key: `${plan.plan} ${unit.code} ${period} ${code ?? ''} unlock`,
      plan: plan.title,
      text: t('{{unit}} {{period}}：解锁至 {{until}}', { unit: unit.name, period, until }),
      isGrave: false,
      path: below(plan.plan, 'report'),
      search: { unit: unit.code, period },
    }));
}
