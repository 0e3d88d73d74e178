import { Button, Select, Skeleton } from 'antd';
import { isCode } from '../api/client';
import { useComparison } from '../api/evaluation-calls';
import type { Evaluation } from '../api/types';
import { ProblemAlert } from '../shared/ProblemAlert';
import { go } from '../state/page-state';
import { useScope } from '../state/scope';
import { DifferencesTable } from './DifferencesTable';

interface Props {
  readonly left: string;
  readonly right: string;
  readonly evaluations: readonly Evaluation[];
}

const closed = { left: undefined, right: undefined };

const isUnknown = (error: Error) => isCode(error, 'evaluation.unknown') || isCode(error, 'evaluation.unknown-snapshot');

/** Comparison of two states: each difference with the events, people and reasons that explain it. */
export function ComparisonSection({ left, right, evaluations }: Props) {
  const { plan } = useScope();
  const comparison = useComparison(plan.plan, left, right);
  const snapshots = evaluations.flatMap(({ id, title, snapshots: entries }) =>
    entries.map(({ number }) => ({ value: `${id}/${number}`, label: `${title} 快照 ${number}` })),
  );
  const sides = [...snapshots, { value: 'now', label: '今日' }];
  return (
    <div className="comparison" data-testid="comparison">
      <div className="comparison-head">
        <h3>比较</h3>
        <Select aria-label="比较左方" value={left} options={snapshots} onChange={(value) => go({ left: value })} />
        <span aria-hidden="true">→</span>
        <Select aria-label="比较右方" value={right} options={sides} onChange={(value) => go({ right: value })} />
        <Button type="link" size="small" onClick={() => go(closed)}>
          关闭比较
        </Button>
      </div>
      {comparison.error ? (
        <ProblemAlert
          error={comparison.error}
          retry={() => void comparison.refetch()}
          wayOut={isUnknown(comparison.error) ? { text: '关闭比较', change: closed } : undefined}
        />
      ) : comparison.data ? (
        <DifferencesTable comparison={comparison.data} />
      ) : (
        <Skeleton active paragraph={{ rows: 5 }} title={false} />
      )}
    </div>
  );
}
