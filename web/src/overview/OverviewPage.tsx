import { Skeleton } from 'antd';
import { isCode } from '../api/client';
import { useOverview } from '../api/queries';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { toLatestPeriod } from '../state/address';
import { unitLabel, useScope } from '../state/scope';
import { AreaIndexes } from './AreaIndexes';
import { AttentionPanel } from './AttentionPanel';
import { IndexChange } from './IndexChange';
import { IndexPanel } from './IndexPanel';
import { IndicatorTable } from './IndicatorTable';
import { LaterChanges } from './LaterChanges';
import { ChangedLine } from '../figures/ChangedLine';
import { LightTally } from './LightTally';
import { ProgrammeCounts } from './ProgrammeCounts';

/** One screen for leaders: where the plan stands, what lags and whose it is. */
export function OverviewPage() {
  const { plan, period, unit, moment, momentText } = useScope();
  const { data: overview, error, refetch, isPlaceholderData } = useOverview(plan.plan, period, moment);
  const head = (
    <PageHead
      title={t('总览')}
      note={t('{{unit}} · {{period}} 期间 · 截至 {{moment}} 掌握的数据', {
        unit: unitLabel(plan.units, unit.code),
        period,
        moment: momentText,
      })}
    />
  );
  if (error) {
    const wayOut = isCode(error, 'period.frequency') ? toLatestPeriod : undefined;
    return (
      <>
        {head}
        <ProblemAlert error={error} retry={() => void refetch()} wayOut={wayOut} />
      </>
    );
  }
  if (!overview) return <Skeleton active paragraph={{ rows: 14 }} />;
  return (
    <div className={isPlaceholderData ? 'catching-up' : undefined}>
      {head}
      <section className="top" aria-label={t('总览')}>
        <IndexPanel overview={overview} unit={unit.code} />
        <AreaIndexes overview={overview} unit={unit.code} />
        <LightTally rows={overview.indicators} unit={unit.code} />
        <AttentionPanel overview={overview} unit={unit.code} />
      </section>
      <ChangedLine count={overview.changedSinceApproval.total} />
      <LaterChanges overview={overview} unit={unit.code} />
      <IndexChange overview={overview} unit={unit.code} />
      <IndicatorTable overview={overview} unit={unit.code} />
      <ProgrammeCounts programme={overview.programme} />
    </div>
  );
}
