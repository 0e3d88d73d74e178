import { useSearch } from '@tanstack/react-router';
import { Select, Skeleton } from 'antd';
import { useSearchChange } from '../app/links';
import { isCode } from '../api/client';
import { useComparison, useEvaluations } from '../api/evaluation-calls';
import { AddressNotice } from '../shared/AddressNotice';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { DifferencesTable } from './DifferencesTable';

const isUnknown = (error: Error) => isCode(error, 'evaluation.unknown') || isCode(error, 'evaluation.unknown-snapshot');

const none = { left: undefined, right: undefined };

/** Comparison of two states: each difference with the events, people and reasons that explain it. */
export function ComparePage() {
  const plan = usePlanHere();
  const { left, right } = useSearch({ from: '/p/$plan/compare' });
  const change = useSearchChange();
  const evaluations = useEvaluations(plan.plan);
  const snapshots = (evaluations.data ?? []).flatMap(({ id, title, snapshots: entries }) =>
    entries.map(({ number }) => ({
      value: `${id}/${number}`,
      label: t('{{title}} 第 {{number}} 份', { title, number }),
    })),
  );
  return (
    <main className="page" data-testid="comparison">
      <PageHead title={t('比较')} note={t('两份评估存档之间，或一份存档与今日之间，每处差异及其来由')} />
      <div className="card">
        <div className="comparison-head">
          <Select
            aria-label={t('比较左方')}
            placeholder={t('选一份评估存档')}
            value={left}
            options={snapshots}
            onChange={(value) => change({ left: value, right: right ?? 'now' })}
          />
          <span aria-hidden="true">→</span>
          <Select
            aria-label={t('比较右方')}
            value={right ?? 'now'}
            options={[...snapshots, { value: 'now', label: t('今日') }]}
            onChange={(value) => change({ right: value })}
          />
        </div>
        {left === undefined && right !== undefined && (
          <AddressNotice
            text={t('要与 {{right}} 比较，网址还须写明左方 left，如 left=midterm-2022/1', { right })}
            waysOut={[{ text: t('不比较'), change: none }]}
          />
        )}
        {left === undefined ? (
          <p className="muted">
            {evaluations.data && snapshots.length === 0 ? t('还没有评估存档，没有可以比较的') : t('请选左方的评估存档')}
          </p>
        ) : (
          <Comparison key={`${left} ${right ?? ''}`} left={left} right={right ?? 'now'} />
        )}
      </div>
    </main>
  );
}

function Comparison({ left, right }: { readonly left: string; readonly right: string }) {
  const plan = usePlanHere();
  const { data, error, refetch } = useComparison(plan.plan, left, right);
  if (error) {
    return (
      <ProblemAlert
        error={error}
        retry={() => void refetch()}
        wayOut={isUnknown(error) ? { text: t('不比较'), change: none } : undefined}
      />
    );
  }
  return data ? <DifferencesTable comparison={data} /> : <Skeleton active paragraph={{ rows: 5 }} title={false} />;
}
