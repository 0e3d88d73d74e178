import { FollowButton } from '../follows/FollowButton';
import { Link, useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useFilter } from '../app/links';
import { isCode } from '../api/client';
import { useForecast } from '../api/forecast-calls';
import { useIndicatorCells } from '../api/overview-calls';
import { useHistory, useIndicator } from '../api/queries';
import type { IndicatorDocument } from '../api/types';
import { ForecastSection } from '../forecasts/ForecastSection';
import { cellOf } from '../overview/reading';
import { DemoTag } from '../shared/DemoTag';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { named } from '../shared/translated';
import { unitLabel, useScope } from '../state/scope';
import { attributeWords } from '../words';
import { BreakdownSection } from './BreakdownSection';
import { DefinitionSection } from './DefinitionSection';
import { HistoryChart } from './HistoryChart';
import { LongSeriesSection } from './LongSeriesSection';
import { PointsTable } from './PointsTable';
import { StandingStrip } from './StandingStrip';
import { ChangedLine } from '../figures/ChangedLine';
import { TargetsSection } from './TargetsSection';
import { TrailSection } from './TrailSection';
import { UnitsSection } from './UnitsSection';

/** One indicator at one unit: history, all units, targets, definition and audit trail. */
export function IndicatorPage() {
  const { code } = useParams({ from: '/p/$plan/reading/indicators/$code' });
  const { plan, unit, moment } = useScope();
  const indicator = useIndicator(plan.plan, code, moment);
  if (indicator.error) {
    return (
      <ProblemAlert
        error={indicator.error}
        retry={() => void indicator.refetch()}
        wayOut={
          isCode(indicator.error, 'indicator.unknown')
            ? { text: t('看主要指标'), href: `/p/${plan.plan}/indicators` }
            : undefined
        }
      />
    );
  }
  if (!indicator.data) return <Skeleton active paragraph={{ rows: 12 }} />;
  return <Indicator key={`${code} ${unit.code}`} indicator={indicator.data} />;
}

function Indicator({ indicator }: { readonly indicator: IndicatorDocument }) {
  const { code, name, attribute } = named(indicator);
  const { plan, unit, period, moment, momentText } = useScope();
  const [trail, chooseTrail] = useFilter('trail');
  const { data: history, error, refetch } = useHistory(plan.plan, code, unit.code, moment);
  const cells = useIndicatorCells({ plan: plan.plan, period, moment }, code, indicator.role === 'main').data;
  const { data: forecast } = useForecast({ plan: plan.plan, period, moment }, { code, unit: unit.code });
  const row = cells?.row;
  const cell = row && cellOf(row, unit.code);
  const chosen = trail ?? row?.period ?? period;
  const point = history?.points.find((each) => each.period === chosen);
  return (
    <article className="detail" data-testid="indicator">
      <PageHead
        code={code}
        title={name}
        crumbs={[{ title: t('主要指标'), href: `/p/${plan.plan}/indicators` }]}
        note={
          <>
            {t('{{unit}} · 截至 {{moment}} 掌握的数据', {
              unit: unitLabel(plan.units, unit.code),
              moment: momentText,
            })}
            {history?.demo && <DemoTag />}
          </>
        }
      >
        <span className={attribute === 'binding' ? 'binding' : 'muted'}>{attributeWords[attribute]}</span>
        <FollowButton kind="indicator" id={code} />
        {indicator.role === 'main' && (
          <Link to="/p/$plan/what-if" params={{ plan: plan.plan }} search={{ code }} className="unprinted">
            {t('假设推演')}
          </Link>
        )}
      </PageHead>
      {error ? (
        <ProblemAlert error={error} retry={() => void refetch()} />
      ) : history ? (
        <div className="detail-body card">
          <ChangedLine count={cells?.changedSinceApproval} code={code} />
          {cell && <StandingStrip cell={cell} unitOfMeasure={history.unitOfMeasure} />}
          <HistoryChart history={history} momentText={momentText} forecast={forecast} />
          <PointsTable history={history} chosen={chosen} choose={chooseTrail} />
          {indicator.continues && <LongSeriesSection indicator={indicator} />}
          {forecast && <ForecastSection forecast={forecast} />}
          <BreakdownSection point={point} unitOfMeasure={history.unitOfMeasure} />
          {row && <UnitsSection row={row} />}
          <TrailSection key={chosen} code={code} unit={unit.code} period={chosen} point={point} />
          <TargetsSection targets={history.targets} unitOfMeasure={history.unitOfMeasure} />
          <DefinitionSection indicator={indicator} />
        </div>
      ) : (
        <Skeleton active paragraph={{ rows: 12 }} />
      )}
    </article>
  );
}
