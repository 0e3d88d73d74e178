import { useSearch } from '@tanstack/react-router';
import { Select, Skeleton } from 'antd';
import { useSearchChange } from '../app/links';
import { useComparison, useEvaluations, type ComparisonQuery } from '../api/evaluation-calls';
import { hasStatus } from '../api/client';
import { useTimeline } from '../api/overview-calls';
import { today as todayIn } from '../format';
import { AddressNotice } from '../shared/AddressNotice';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { halfYearAfter, periodsOf } from '../state/periods';
import { usePlanHere } from '../state/scope';
import { CausesSection } from './CausesSection';
import { DifferencesTable } from './DifferencesTable';
import { isDay, SideChooser } from './SideChooser';

/** The address names something that there is not. */
const isOfTheAddress = (error: Error) => hasStatus(error, 400) || hasStatus(error, 404);

/** Whether a side is no snapshot: a day, a position such as `@120`, or today. */
const isMoment = (side: string): boolean => side === 'now' || side.startsWith('@') || isDay(side);

const none = { left: undefined, right: undefined, period: undefined, only: undefined, causes: undefined };

/** What of the right side the left one can take over. */
const takeable = [
  { value: 'rules', label: t('规则') },
  { value: 'targets', label: t('目标') },
  { value: 'definitions', label: t('口径') },
];

/** Comparison of two states: each difference with the events, people and reasons that explain it. */
export function ComparePage() {
  const plan = usePlanHere();
  const { left, right: named, period, only } = useSearch({ from: '/p/$plan/compare' });
  const right = named ?? 'now';
  const change = useSearchChange();
  const evaluations = useEvaluations(plan.plan);
  const timeline = useTimeline(plan.plan, {}).data;
  const snapshots = (evaluations.data ?? []).flatMap(({ id, title, snapshots: entries }) =>
    entries.map(({ number }) => ({
      value: `${id}/${number}`,
      label: t('{{title}} 第 {{number}} 份', { title, number }),
    })),
  );
  const today = todayIn(plan.timeZone);
  const midterm = halfYearAfter(plan.midterm ?? '', plan) ?? today;
  const days = {
    from: timeline?.firstDay ?? '',
    until: today,
    first: [midterm, today].sort()[0]!,
  };
  const choose = (side: 'left' | 'right', value: string) => {
    // Whoever begins with the right side compares it with the first day that is offered.
    const sides = { left: left ?? days.first, right, [side]: value };
    // Snapshots have a period of their own.
    const keepsPeriod = isMoment(sides.left) && isMoment(sides.right);
    change({ ...sides, ...(!keepsPeriod && { period: undefined }) });
  };
  const query = left === undefined ? undefined : { left, right, period, only };
  return (
    <main className="page snapshot" data-testid="comparison">
      <PageHead title={t('比较')} note={t('任意两个日子、两份评估存档或其一与今日之间，每处差异及其来由')} />
      <div className="card">
        <div className="comparison-head">
          <SideChooser
            label={t('比较左方')}
            side={left}
            choose={(value) => choose('left', value)}
            {...{ snapshots, days }}
          />
          <span aria-hidden="true">→</span>
          <SideChooser
            label={t('比较右方')}
            side={right}
            choose={(value) => choose('right', value)}
            {...{ snapshots, days }}
          />
          {(left === undefined || isMoment(left)) && isMoment(right) && (
            <label className="chooser">
              <span className="chooser-label">{t('期间')}</span>
              <Select
                aria-label={t('期间')}
                value={period}
                placeholder={t('左方最近一期')}
                allowClear
                options={periodsOf(plan, 'A').map((value) => ({ value, label: value }))}
                onChange={(value?: string) => change({ period: value })}
              />
            </label>
          )}
          <label className="chooser">
            <span className="chooser-label">{t('只取右方的')}</span>
            <Select
              aria-label={t('只取右方的')}
              mode="multiple"
              value={only?.split(',') ?? []}
              placeholder={t('全部')}
              options={takeable}
              onChange={(values: readonly string[]) => change({ only: values.join(',') || undefined })}
            />
          </label>
        </div>
        {only !== undefined && (
          <p className="muted">{t('左方的数据、期间、计算方法不变，只改按右方的所选几样，与左方原样比较')}</p>
        )}
        {left === undefined && named !== undefined && (
          <AddressNotice
            text={t('要与 {{right}} 比较，网址还须写明左方 left，如 left=midterm-2022/1 或 left=2023-06-30', { right })}
            waysOut={[{ text: t('不比较'), change: none }]}
          />
        )}
        {left === undefined && named === undefined && (
          <p className="muted">{t('请选左方：从前某日掌握的数据，或一份评估存档；右方不选即今日')}</p>
        )}
        {query && <Comparison key={JSON.stringify(query)} query={query} />}
      </div>
      {query && <CausesSection key={JSON.stringify(query)} query={query} />}
    </main>
  );
}

function Comparison({ query }: { readonly query: ComparisonQuery }) {
  const plan = usePlanHere();
  const { data, error, refetch } = useComparison(plan.plan, query);
  if (error) {
    return (
      <ProblemAlert
        error={error}
        retry={() => void refetch()}
        wayOut={isOfTheAddress(error) ? { text: t('不比较'), change: none } : undefined}
      />
    );
  }
  return data ? <DifferencesTable comparison={data} /> : <Skeleton active paragraph={{ rows: 5 }} title={false} />;
}
