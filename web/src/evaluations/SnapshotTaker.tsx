import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { evaluationId, useTakeSnapshot } from '../api/evaluation-calls';
import type { Evaluation, EvaluationKind, PlanDocument } from '../api/types';
import { ProblemAlert } from '../shared/ProblemAlert';
import { yearText } from '../state/periods';
import { useScope } from '../state/scope';
import { useMay } from '../state/session';
import { evaluationWords } from '../words';

/** The kinds of evaluation that fit a period, most likely first. */
export function kindsFor(plan: PlanDocument, period: string): EvaluationKind[] {
  if (period === plan.midterm) return ['midterm', 'annual'];
  return period === yearText(plan.endYear, plan) ? ['final', 'annual'] : ['annual'];
}

/** For whom may take snapshots, and open the evaluation where it is the first. */
export function SnapshotTaker({ evaluations }: { readonly evaluations: readonly Evaluation[] }) {
  const { plan, period, moment, momentText } = useScope();
  const { message } = App.useApp();
  const [wanted, setWanted] = useState<EvaluationKind>();
  const kinds = kindsFor(plan, period);
  const kind = wanted && kinds.includes(wanted) ? wanted : kinds[0]!;
  const taking = useTakeSnapshot(plan.plan);
  const existing = evaluations.find(({ id }) => id === evaluationId(kind, period));
  const mayTake = useMay('evaluations.snapshot', plan.plan);
  const mayOpen = useMay('evaluations.open', plan.plan);
  if (!mayTake || (!existing && !mayOpen)) return null;

  const take = () =>
    taking.mutate(
      { kind, period, asOf: moment.asOf, commandId: newId() },
      {
        onSuccess: ({ name, isNew }) =>
          void (isNew ? message.success(`已冻结快照：${name}`) : message.info(`内容与快照 ${name} 相同，没有新增`)),
      },
    );

  return (
    <div className="snapshot-taker">
      {kinds.length > 1 && (
        <Segmented
          aria-label="评估类型"
          value={kind}
          options={kinds.map((value) => ({ value, label: evaluationWords[value] }))}
          onChange={setWanted}
        />
      )}
      <Button type="primary" loading={taking.isPending} disabled={moment.atPosition !== undefined} onClick={take}>
        冻结{evaluationWords[kind]}快照
      </Button>
      <span className="muted">
        {moment.atPosition !== undefined
          ? '按日志位置查看时不能冻结快照：请先去掉日志位置'
          : `${period} 期间，按 ${momentText} 所知；存入 ${evaluationId(kind, period)}${
              existing ? `（第 ${existing.snapshots.length + 1} 份）` : ''
            }`}
      </span>
      {taking.error && <ProblemAlert error={taking.error} />}
    </div>
  );
}

/**
 * A UUID. `crypto.randomUUID` requires a secure context, which a page opened by its IP address over HTTP does not have.
 */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `web-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
