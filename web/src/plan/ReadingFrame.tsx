import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useMatch, useSearch } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useMemo, useRef, useState } from 'react';
import type { FrameSearch } from '../app/search';
import { summaryOf, timelineOf, useTimeline } from '../api/overview-calls';
import type { Moment } from '../api/queries';
import type { PlanDocument } from '../api/types';
import { AgeBanner } from '../header/AgeBanner';
import { DateBar } from '../header/DateBar';
import { PastChip } from '../header/PastChip';
import { TravelContext, type Travel } from '../header/travel';
import { AddressNotice } from '../shared/AddressNotice';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { named } from '../shared/translated';
import { unitNotThen, unknownIn } from '../state/address';
import { changeDayOf } from '../state/days';
import { yearText } from '../state/periods';
import { judgedUnits, ScopeContext, topUnit, usePlanHere, type Scope } from '../state/scope';
import { unitsThen } from '../state/units-in-time';

/** The frame of the pages that show the plan as of a moment: that moment, the period and the unit are chosen here. */
export function ReadingFrame() {
  const plan = usePlanHere();
  const state = useSearch({ from: '/p/$plan/reading' });
  const queries = useQueryClient();
  const [preview, look] = useState<string>();
  /** How often days were asked for ahead: those of the last time are fetched. */
  const asked = useRef(0);
  const isOverview = useMatch({ from: '/p/$plan/reading/', shouldThrow: false }) !== undefined;
  const unknown = unknownIn(state, plan);
  const found = useTimeline(plan.plan, timelineMoment(state), unknown.length === 0);
  const timeline = found.data;
  const period = state.period ?? timeline?.period ?? (found.error ? yearText(plan.endYear, plan) : undefined);
  // While a day is looked at, the page shows the last change up to it: of as many moments as there are changes.
  const asOf = preview !== undefined && timeline ? changeDayOf(timeline, preview) : state.asOf;
  const scope = useMemo(
    () => scopeOf(plan, { ...state, asOf }, { period, day: preview ?? state.asOf }),
    [plan, state, asOf, period, preview],
  );
  const notThen = period === undefined || unknown.length > 0 ? undefined : unitNotThen(state, plan, period);
  const notices = notThen ? [notThen] : unknown;
  if (notices.length > 0) {
    return (
      <main className="page">
        {notices.map(({ text, wayOut }, at) => (
          <AddressNotice key={text} isPage={at === 0} text={text} waysOut={[wayOut]} />
        ))}
      </main>
    );
  }
  if (found.error) {
    return (
      <main className="page">
        <ProblemAlert error={found.error} retry={() => void found.refetch()} />
      </main>
    );
  }
  if (!scope || !timeline) {
    return (
      <main className="page">
        {judgedUnits(plan.units).length === 0 ? (
          <p>{t('规划“{{title}}”还没有单位', { title: plan.title })}</p>
        ) : (
          <Skeleton active paragraph={{ rows: 8 }} />
        )}
      </main>
    );
  }
  const travel: Travel = {
    timeline,
    preview,
    look,
    fetchAhead: async (days) => {
      if (!isOverview) return;
      const own = ++asked.current;
      for (const day of days) {
        const moment = { ...momentOf(state), asOf: day };
        const shown = { plan: plan.plan, period: scope.period, unit: scope.unit.code, moment };
        await Promise.all([
          queries.prefetchQuery({
            ...timelineOf(plan.plan, timelineMoment({ ...state, asOf: day })),
            staleTime: Infinity,
          }),
          queries.prefetchQuery({ ...summaryOf(shown), staleTime: Infinity }),
        ]);
        if (own !== asked.current) return;
      }
    },
  };
  return (
    <ScopeContext value={scope}>
      <TravelContext value={travel}>
        <DateBar />
        <main className="page" aria-busy={found.isFetching} data-settled={!found.isFetching}>
          <PastChip />
          <AgeBanner timeZone={plan.timeZone} />
          <Outlet />
        </main>
      </TravelContext>
    </ScopeContext>
  );
}

const momentOf = ({ asOf, at }: FrameSearch): Moment => ({
  ...(asOf !== undefined && { asOf }),
  ...(at !== undefined && { atPosition: at }),
});

/** Only the period that is shown by itself depends on the day: the line has all days up to today. */
const timelineMoment = (state: FrameSearch): Moment =>
  momentOf(state.period === undefined ? state : { ...state, asOf: undefined });

interface Chosen {
  readonly period: string | undefined;
  /** The day as it is said, if it is not today. */
  readonly day: string | undefined;
}

function scopeOf(plan: PlanDocument, state: FrameSearch, { period, day }: Chosen): Scope | undefined {
  const { unit, at } = state;
  if (period === undefined) return undefined;
  const units = unitsThen(plan, period);
  const chosen = unit === undefined ? topUnit(units) : judgedUnits(units).find(({ code }) => code === unit);
  if (!chosen) return undefined;
  const position = at === undefined ? '' : t('（系统记录序号 {{at}}）', { at });
  return {
    plan: named({ ...plan, units }),
    period,
    unit: named(chosen),
    moment: momentOf(state),
    momentText: `${day ?? t('今日')}${position}`,
  };
}
