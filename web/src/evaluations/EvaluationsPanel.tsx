import { Skeleton } from 'antd';
import { useEvaluations } from '../api/evaluation-calls';
import type { Evaluation } from '../api/types';
import { AddressNotice } from '../shared/AddressNotice';
import { Heading } from '../shared/Heading';
import { DemoTag } from '../shared/DemoTag';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePageState } from '../state/page-state';
import { useScope } from '../state/scope';
import { ComparisonSection } from './ComparisonSection';
import { SnapshotLine } from './SnapshotLine';
import { SnapshotTaker } from './SnapshotTaker';

/** The evaluation snapshots: take, verify and compare them. */
export function EvaluationsPanel() {
  const { plan } = useScope();
  const { left, right } = usePageState();
  const evaluations = useEvaluations(plan.plan);
  const list = evaluations.data ?? [];
  return (
    <section aria-labelledby="evaluations" data-testid="evaluations">
      <Heading id="evaluations" title="评估快照" english="Snapshots">
        <p>冻结某期间、按某日所知的全部结论；哈希可由日志重算核对</p>
      </Heading>
      <div className="card">
        <SnapshotTaker evaluations={list} />
        {evaluations.error ? (
          <ProblemAlert error={evaluations.error} retry={() => void evaluations.refetch()} />
        ) : evaluations.isPending ? (
          <Skeleton active paragraph={{ rows: 2 }} title={false} />
        ) : list.length === 0 ? (
          <p className="muted">还没有快照</p>
        ) : (
          <SnapshotTable evaluations={list} />
        )}
        {left === undefined && right !== undefined && (
          <AddressNotice
            text={`要与 ${right} 比较，网址还须写明左方 left，如 left=midterm-2022/1`}
            wayOut={{ text: '不比较', change: { right: undefined } }}
          />
        )}
        {left !== undefined && <ComparisonSection left={left} right={right ?? 'now'} evaluations={list} />}
      </div>
    </section>
  );
}

function SnapshotTable({ evaluations }: { readonly evaluations: readonly Evaluation[] }) {
  return (
    <table className="plain-table snapshots cards">
      <thead>
        <tr>
          <th scope="col">快照</th>
          <th scope="col" className="number">
            截至
          </th>
          <th scope="col" className="number">
            指数
          </th>
          <th scope="col" className="number">
            覆盖
          </th>
          <th scope="col">规则</th>
          <th scope="col">经办</th>
          <th scope="col">内容哈希 SHA-256</th>
          <th scope="col">操作</th>
        </tr>
      </thead>
      {evaluations.map((evaluation) => (
        <tbody key={evaluation.id}>
          <tr className="area-row">
            <th colSpan={8} scope="rowgroup">
              {evaluation.title} <code>{evaluation.id}</code>
              {evaluation.demo && <DemoTag />}
              {evaluation.published !== undefined && <small>已发布：快照 {evaluation.published}</small>}
              {evaluation.supersededBy !== undefined && <small>已由 {evaluation.supersededBy} 接替</small>}
            </th>
          </tr>
          {evaluation.snapshots.map((entry) => (
            <SnapshotLine key={entry.number} evaluation={evaluation} entry={entry} />
          ))}
          {evaluation.snapshots.length === 0 && (
            <tr>
              <td colSpan={8} className="muted">
                已建立，还没有快照
              </td>
            </tr>
          )}
        </tbody>
      ))}
    </table>
  );
}
