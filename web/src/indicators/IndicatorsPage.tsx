import { Segmented, Skeleton } from 'antd';
import { useFilter } from '../app/links';
import { useMatrix, useUnitIndicators } from '../api/overview-calls';
import { ChangedLine } from '../figures/ChangedLine';
import { CountyMatrix } from '../overview/CountyMatrix';
import { IndicatorTable } from '../overview/IndicatorTable';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { unitLabel, useScope } from '../state/scope';
import { SmallMultiples } from './SmallMultiples';

const views = [
  { value: 'table', label: t('表格') },
  { value: 'matrix', label: t('单位 × 指标') },
  { value: 'charts', label: t('走势图') },
] as const;
type View = (typeof views)[number]['value'];

/** All indicators: as a table of one unit, as a matrix of all units, or as small charts. */
export function IndicatorsPage() {
  const { plan, period, unit, moment, momentText } = useScope();
  const [chosen, choose] = useFilter<View>('view');
  const view = views.find(({ value }) => value === chosen)?.value ?? 'table';
  const isMatrix = view === 'matrix';
  const seen = { plan: plan.plan, period, moment };
  const matrix = useMatrix(seen, isMatrix);
  const indicators = useUnitIndicators({ ...seen, unit: unit.code }, !isMatrix);
  const { error, refetch } = isMatrix ? matrix : indicators;
  return (
    <>
      <PageHead
        title={t('主要指标')}
        note={t('{{unit}} · {{period}} 期间 · 截至 {{moment}} 掌握的数据', {
          unit: isMatrix ? t('全部单位') : unitLabel(plan.units, unit.code),
          period,
          moment: momentText,
        })}
      >
        <Segmented
          aria-label={t('显示方式')}
          value={view}
          options={[...views]}
          onChange={(value) => choose(value === 'table' ? undefined : value)}
        />
      </PageHead>
      <ChangedLine count={(isMatrix ? matrix : indicators).data?.changedSinceApproval} />
      {error ? (
        <ProblemAlert error={error} retry={() => void refetch()} />
      ) : isMatrix && matrix.data ? (
        <CountyMatrix matrix={matrix.data} />
      ) : isMatrix || !indicators.data ? (
        <Skeleton active paragraph={{ rows: 10 }} />
      ) : view === 'charts' ? (
        <SmallMultiples indicators={indicators.data.indicators} />
      ) : (
        <IndicatorTable found={indicators.data} />
      )}
    </>
  );
}
