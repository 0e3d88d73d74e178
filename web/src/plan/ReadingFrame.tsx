import { Outlet, useSearch } from '@tanstack/react-router';
import { Empty, Skeleton } from 'antd';
import { useMemo } from 'react';
import type { FrameSearch } from '../app/search';
import { useOverview, type Moment } from '../api/queries';
import type { PlanDocument } from '../api/types';
import { AgeBanner } from '../header/AgeBanner';
import { DateBar } from '../header/DateBar';
import { DemoBanner } from '../header/DemoBanner';
import { PastChip } from '../header/PastChip';
import { AddressNotice } from '../shared/AddressNotice';
import { t } from '../shared/i18n';
import { named } from '../shared/translated';
import { unitNotThen, unknownIn } from '../state/address';
import { yearText } from '../state/periods';
import { judgedUnits, ScopeContext, topUnit, usePlanHere, type Scope } from '../state/scope';
import { unitsThen } from '../state/units-in-time';

/** The frame of the pages that show the plan as of a moment: that moment, the period and the unit are chosen here. */
export function ReadingFrame() {
  const plan = usePlanHere();
  const state = useSearch({ from: '/p/$plan/reading' });
  const unknown = unknownIn(state, plan);
  const shown = useOverview(plan.plan, state.period, momentOf(state), unknown.length === 0);
  // Where there is an error and no period, nothing is shown of any. Asking again takes the error away, not the count.
  const latest = shown.data?.plan.plan === plan.plan ? shown.data.period : undefined;
  const period = state.period ?? latest ?? (shown.errorUpdateCount > 0 ? yearText(plan.endYear, plan) : undefined);
  const scope = useMemo(() => scopeOf(plan, state, period), [plan, state, period]);
  const notThen = period === undefined || unknown.length > 0 ? undefined : unitNotThen(state, plan, period);
  const notices = notThen ? [notThen] : unknown;
  if (notices.length > 0) {
    return (
      <main className="page">
        {notices.map(({ text, wayOut }) => (
          <AddressNotice key={text} text={text} waysOut={[wayOut]} />
        ))}
      </main>
    );
  }
  if (!scope) {
    return (
      <main className="page">
        {judgedUnits(plan.units).length === 0 ? (
          <Empty description={t('规划“{{title}}”还没有单位', { title: plan.title })} />
        ) : (
          <Skeleton active paragraph={{ rows: 8 }} />
        )}
      </main>
    );
  }
  return (
    <ScopeContext value={scope}>
      <DateBar />
      <main className="page" aria-busy={shown.isFetching} data-settled={!shown.isFetching}>
        <PastChip />
        <AgeBanner timeZone={plan.timeZone} />
        {shown.data?.demo && <DemoBanner />}
        <Outlet />
      </main>
    </ScopeContext>
  );
}

const momentOf = ({ asOf, at }: FrameSearch): Moment => ({
  ...(asOf !== undefined && { asOf }),
  ...(at !== undefined && { atPosition: at }),
});

function scopeOf(plan: PlanDocument, state: FrameSearch, period: string | undefined): Scope | undefined {
  const { unit, asOf, at } = state;
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
    momentText: `${asOf ?? t('今日')}${position}`,
  };
}
