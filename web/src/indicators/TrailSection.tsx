import { t } from '../shared/i18n';
import { IndicatorLink } from '../app/links';
import { Skeleton } from 'antd';
import { useState } from 'react';
import { trailCsv, useTrail } from '../api/queries';
import type { HistoryPoint } from '../api/types';
import { ProblemAlert } from '../shared/ProblemAlert';
import { shortLabel, useScope } from '../state/scope';
import { isChange, TrailTable } from './TrailTable';

interface Props {
  readonly code: string;
  readonly unit: string;
  readonly period: string;
  readonly point: HistoryPoint | undefined;
}

const changesOnly = 'changes';

/** Audit trail of a figure and of the figures from which it is computed. */
export function TrailSection({ code, unit, period, point }: Props) {
  const { plan, moment, momentText } = useScope();
  const [only, setOnly] = useState<string>();
  const inputs = point?.value.inputs ?? [];
  const figure = { plan: plan.plan, code, unit, period };
  const { isPending, error, data: entries = [] } = useTrail(figure, moment);
  const label = (of: string) => shortLabel(plan.units, of);
  const units = [...new Set(entries.map(({ subject }) => subject.unit ?? ''))].sort();
  const counted = units.map((of) => ({ of, count: entries.filter(({ subject }) => subject.unit === of).length }));
  const changed = entries.filter(isChange);
  const shown =
    only === undefined
      ? entries
      : only === changesOnly
        ? changed
        : entries.filter(({ subject }) => subject.unit === only);
  return (
    <section data-testid="trail" aria-busy={isPending}>
      <h2>
        {t('变更轨迹')} <small>{period}</small>
      </h2>
      {inputs.length > 0 && (
        <p className="muted">
          {t('由公式计算，没有自己的记录；计算所用的数：')}
          {inputs.map((input) => (
            <IndicatorLink key={`${input.code} ${input.period}`} code={input.code} trail={input.period}>
              <span className="code">{input.code}</span>
              {input.name} {input.period}
            </IndicatorLink>
          ))}
        </p>
      )}
      {error ? (
        <ProblemAlert error={error} wayOut={{ text: t('看本期'), change: { trail: undefined } }} />
      ) : isPending ? (
        <Skeleton active paragraph={{ rows: 4 }} title={false} />
      ) : entries.length === 0 ? (
        <p className="muted">
          {t('截至 {{moment}}，{{unit}} {{period}} 没有您可以查看的变更记录', {
            moment: momentText,
            unit: label(unit),
            period,
          })}
        </p>
      ) : (
        <>
          <div className="trail-tools">
            {counted.length > 1 && (
              <div className="chips" role="group" aria-label={t('按单位筛选')}>
                <Chip
                  pressed={only === undefined}
                  onPress={() => setOnly(undefined)}
                  text={t('全部 {{count}}', { count: entries.length })}
                />
                {changed.length > 0 && (
                  <Chip
                    pressed={only === changesOnly}
                    onPress={() => setOnly(changesOnly)}
                    text={t('更正、退回、撤回 {{count}}', { count: changed.length })}
                  />
                )}
                {counted.map(({ of, count }) => (
                  <Chip key={of} pressed={only === of} onPress={() => setOnly(of)} text={`${label(of)} ${count}`} />
                ))}
              </div>
            )}
            <p className="csv">
              <a href={trailCsv(figure, moment)} download={`${code}-${unit}-${period}-trail.csv`}>
                {t('下载 CSV')}
              </a>
            </p>
          </div>
          <TrailTable entries={shown} withSubject={entries.some(({ subject }) => subject.code !== code)} />
        </>
      )}
    </section>
  );
}

function Chip({
  pressed,
  onPress,
  text,
}: {
  readonly pressed: boolean;
  readonly onPress: () => void;
  readonly text: string;
}) {
  return (
    <button type="button" className="chip" aria-pressed={pressed} onClick={onPress}>
      {text}
    </button>
  );
}
