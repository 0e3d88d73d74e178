import { Button, DatePicker, Segmented, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { evaluationId, useTakeSnapshot } from '../api/evaluation-calls';
import type { Evaluation, EvaluationKind, PlanDocument } from '../api/types';
import { useSearchChange } from '../app/links';
import { today as todayIn } from '../format';
import { say } from '../shared/say';
import { t } from '../shared/i18n';
import { newId } from '../shared/new-id';
import { ProblemAlert } from '../shared/ProblemAlert';
import { yearText } from '../state/periods';
import { usePlanHere } from '../state/scope';
import { useMay } from '../state/session';
import { evaluationWords } from '../words';

/** The kinds of evaluation that fit a period, most likely first. */
export function kindsFor(plan: PlanDocument, period: string): EvaluationKind[] {
  if (period === plan.midterm) return ['midterm', 'annual'];
  return period === yearText(plan.endYear, plan) ? ['final', 'annual'] : ['annual'];
}

interface Props {
  readonly evaluations: readonly Evaluation[];
  /** The plan's last year, if absent. */
  readonly period: string | undefined;
  /** Now, if absent. */
  readonly asOf: string | undefined;
}

/** For whom may take snapshots, and open the evaluation where it is the first. */
export function SnapshotTaker({ evaluations, period: asked, asOf }: Props) {
  const plan = usePlanHere();
  const change = useSearchChange();
  const [wanted, setWanted] = useState<EvaluationKind>();
  const period = asked ?? yearText(plan.endYear, plan);
  const kinds = kindsFor(plan, period);
  const kind = wanted && kinds.includes(wanted) ? wanted : kinds[0]!;
  const taking = useTakeSnapshot(plan.plan);
  const existing = evaluations.find(({ id }) => id === evaluationId(kind, period));
  const mayTake = useMay('evaluations.snapshot', plan.plan);
  const mayOpen = useMay('evaluations.open', plan.plan);
  if (!mayTake || (!existing && !mayOpen)) return null;

  const years = Array.from({ length: plan.endYear - plan.startYear + 1 }, (_, at) =>
    yearText(plan.startYear + at, plan),
  );
  const today = todayIn(plan.timeZone);
  const take = () =>
    taking.mutate(
      { kind, period, asOf, commandId: newId() },
      {
        onSuccess: ({ name, isNew }) =>
          void (isNew
            ? say.success(t('已存档：{{name}}', { name }))
            : say.info(t('内容与存档 {{name}} 相同，没有新增', { name }))),
      },
    );

  return (
    <section className="snapshot-taker" aria-label={t('生成评估存档')}>
      <label className="chooser">
        <span className="chooser-label">{t('期间')}</span>
        <Select
          aria-label={t('期间')}
          value={period}
          options={[...new Set([...years, period])].map((value) => ({ value, label: value }))}
          onChange={(value) => change({ period: value })}
        />
      </label>
      <label className="chooser">
        <span className="chooser-label">{t('截至')}</span>
        <DatePicker
          aria-label={t('截至日期')}
          value={asOf === undefined ? null : dayjs(asOf.slice(0, 10))}
          placeholder={t('今日')}
          maxDate={dayjs(today)}
          onChange={(date) => change({ asOf: date ? date.format('YYYY-MM-DD') : undefined })}
        />
      </label>
      {kinds.length > 1 && (
        <Segmented
          aria-label={t('评估类型')}
          value={kind}
          options={kinds.map((value) => ({ value, label: evaluationWords[value] }))}
          onChange={setWanted}
        />
      )}
      <Button type="primary" loading={taking.isPending} onClick={take}>
        {t('生成{{kind}}存档', { kind: evaluationWords[kind] })}
      </Button>
      <span className="muted">
        {t('存入 {{id}}（第 {{number}} 份）', {
          id: evaluationId(kind, period),
          number: (existing?.snapshots.length ?? 0) + 1,
        })}
      </span>
      {taking.error && <ProblemAlert error={taking.error} />}
    </section>
  );
}
