import { Alert, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useBaseTakeover, type BaseTakeover } from '../api/continuity-calls';
import { useEvaluations } from '../api/evaluation-calls';
import type { LongSeries } from '../api/types';
import { ReportOutcome } from '../reporting/ReportOutcome';
import { WarningsToAccept } from '../reporting/WarningsToAccept';
import { ProblemAlert } from '../shared/ProblemAlert';
import { t } from '../shared/i18n';
import { useScope } from '../state/scope';

/** Takes the values of the final evaluation of the earlier plan over as bases: first row by row, then whole. */
export function TakeOverBase({ series }: { readonly series: readonly LongSeries[] }) {
  const { plan } = useScope();
  const formerPlan = series.map(({ parts }) => parts.at(-2)?.plan).find((former) => former !== undefined);
  const finals = useFinals(formerPlan);
  const [evaluation, choose] = useState<string>();
  const [reason, setReason] = useState('');
  const [accepted, setAccepted] = useState<string[]>([]);
  const { mutate, data: result, error, isPending, reset } = useBaseTakeover(plan.plan);
  if (formerPlan === undefined) return null;
  const chosen = evaluation ?? finals[0]?.id;
  const ask = (more: Pick<BaseTakeover, 'acceptWarnings' | 'dryRun'>) =>
    mutate({
      ...{ formerPlan, evaluation: chosen!, ...more },
      ...(reason.trim() !== '' && { reason: reason.trim() }),
    });
  const fresh = result ? result.counts.new + result.counts.changed : 0;
  const wrong = result ? result.counts.refused + result.counts.conflict : 0;
  const open = result ? result.warnings.filter(({ id }) => !accepted.includes(id)).length : 0;
  return (
    <section className="card take-over" aria-labelledby="take-over-base" data-testid="take-over-base">
      <h2 id="take-over-base">{t('承接基期')}</h2>
      <p className="muted">
        {t(
          '原规划已发布的总结评估中的数值，作为本规划的基期上报：先逐行试读，再一次写入，照常审核；每个数以该存档为依据',
        )}
      </p>
      {chosen === undefined ? (
        <Alert showIcon type="info" title={t('原规划还没有已发布的总结评估：发布后即可承接')} />
      ) : (
        <div className="take-over-form">
          <Select
            aria-label={t('总结评估')}
            value={chosen}
            options={finals.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={(id) => {
              choose(id);
              reset();
            }}
          />{' '}
          <Input
            aria-label={t('更正的事由')}
            placeholder={t('已有基期而不同的，写明更正的事由')}
            maxLength={2000}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />{' '}
          <Button loading={isPending} onClick={() => ask({ acceptWarnings: [], dryRun: true })}>
            {t('试读')}
          </Button>
        </div>
      )}
      {error && <ProblemAlert error={error} />}
      {result && !result.dryRun && (
        <Alert showIcon type="success" data-testid="written" title={t('已写入 {{count}} 行', { count: fresh })} />
      )}
      {result?.dryRun && (
        <>
          <ReportOutcome result={result} />
          <WarningsToAccept warnings={result.warnings} accepted={accepted} onChange={setAccepted} />
          {fresh > 0 && wrong === 0 && (
            <Button
              type="primary"
              disabled={open > 0}
              loading={isPending}
              onClick={() => ask({ acceptWarnings: accepted, dryRun: false })}
            >
              {t('写入全部 {{count}} 行', { count: fresh })}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

/** The published final evaluations of a plan. */
const useFinals = (plan: string | undefined) =>
  (useEvaluations(plan ?? '').data ?? []).filter(({ kind, published }) => kind === 'final' && published !== undefined);
