import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { readinessWorkbook, useReadiness, type ReadinessCount } from '../api/evaluation-calls';
import type { Evaluation, EvaluationReadiness, ReadinessLine } from '../api/types';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePlanHere } from '../state/scope';
import { readinessWords } from '../words';
import { ReadinessList } from './ReadinessList';

const lines = Object.keys(readinessWords) as ReadinessLine[];

/** What is missing, unapproved, contradictory or incomparable before the snapshot: counts by unit, each with its list. */
export function ReadinessSection({ evaluation }: { readonly evaluation: Evaluation }) {
  const { plan } = usePlanHere();
  const { id } = evaluation;
  const readiness = useReadiness(plan, id);
  const [count, setCount] = useState<ReadinessCount>();
  return (
    <section className="card" aria-labelledby="readiness" data-testid="readiness">
      <h2 id="readiness">
        {t('评估准备')}
        {readiness.data && (
          <small className="muted">
            {t('期间 {{period}}，截至 {{day}}', { period: readiness.data.period, day: readiness.data.day })}
          </small>
        )}
      </h2>
      {readiness.error ? (
        <ProblemAlert error={readiness.error} retry={() => void readiness.refetch()} />
      ) : readiness.data ? (
        <>
          <Counts readiness={readiness.data} chosen={count} choose={setCount} />
          <Button size="small" href={readinessWorkbook(plan, id)} download>
            {t('下载工作簿')}
          </Button>
          {count && <ReadinessList id={id} count={count} onClose={() => setCount(undefined)} />}
        </>
      ) : (
        <Skeleton active paragraph={{ rows: 4 }} title={false} />
      )}
    </section>
  );
}

interface CountsProps {
  readonly readiness: EvaluationReadiness;
  readonly chosen: ReadinessCount | undefined;
  readonly choose: (count: ReadinessCount) => void;
}

function Counts({ readiness, chosen, choose }: CountsProps) {
  const rows = [
    ...readiness.units.map(({ unit, name, counts }) => ({ unit, name, counts })),
    { unit: undefined, name: t('合计'), counts: readiness.totals },
  ];
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t('评估准备各单位计数')}>
      <table className="plain-table readiness-counts">
        <thead>
          <tr>
            <th scope="col">{t('单位')}</th>
            {lines.map((line) => (
              <th key={line} scope="col" className="number">
                {readinessWords[line]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ unit, name, counts }) => (
            <tr key={unit ?? ''} data-unit={unit ?? 'all'}>
              <th scope="row">{name}</th>
              {lines.map((line) => (
                <td key={line} className="number">
                  {counts[line] === 0 ? (
                    <span className="muted">0</span>
                  ) : (
                    <Button
                      type="link"
                      size="small"
                      aria-pressed={chosen?.line === line && chosen.unit === unit}
                      aria-label={t('{{unit}} {{line}} {{count}} 项', {
                        ...{ unit: name, line: readinessWords[line], count: counts[line] },
                      })}
                      onClick={() => choose({ line, ...(unit !== undefined && { unit }) })}
                    >
                      {counts[line]}
                    </Button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
