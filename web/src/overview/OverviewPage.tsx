import { Skeleton } from 'antd';
import { isCode } from '../api/client';
import { useSummary } from '../api/overview-calls';
import type { Summary } from '../api/types';
import { DemoBanner } from '../header/DemoBanner';
import { ExportMenu } from '../shared/ExportMenu';
import { PageHead } from '../shared/PageHead';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { toLatestPeriod } from '../state/address';
import { unitLabel, useScope } from '../state/scope';
import { useChangedValues } from './changed-values';
import { DigestTable } from './DigestTable';
import { IndexChange } from './IndexChange';
import { ChangedLine } from '../figures/ChangedLine';
import { ProgrammeCounts } from './ProgrammeCounts';
import { AreaIndexes, AttentionPanel, IndexPanel, LightTally } from './SummaryPanels';

/** One screen for leaders: where the plan stands, what lags and whose it is. */
export function OverviewPage() {
  const { plan, period, unit, moment, momentText } = useScope();
  const shown = useSummary({ plan: plan.plan, period, unit: unit.code, moment });
  const { data: summary, error } = shown;
  return (
    <div data-settled={!shown.isFetching} className={shown.isPlaceholderData ? 'catching-up' : undefined}>
      <PageHead
        title={t('总览')}
        note={t('{{unit}} · {{period}} 期间 · 截至 {{moment}} 掌握的数据', {
          unit: unitLabel(plan.units, unit.code),
          period,
          moment: momentText,
        })}
      >
        {summary && <LightTally counts={summary.lights} />}
        <ExportMenu plan={plan.plan} moment={moment} period={period} />
      </PageHead>
      {error ? (
        <ProblemAlert
          error={error}
          retry={() => void shown.refetch()}
          wayOut={isCode(error, 'period.frequency') ? toLatestPeriod : undefined}
        />
      ) : summary ? (
        <Screen summary={summary} isThere={!shown.isPlaceholderData} />
      ) : (
        <Skeleton active paragraph={{ rows: 14 }} />
      )}
    </div>
  );
}

interface ScreenProps {
  readonly summary: Summary;
  /** Not while it is the one of the moment before. */
  readonly isThere: boolean;
}

function Screen({ summary, isThere }: ScreenProps) {
  const { momentText } = useScope();
  const changed = useChangedValues(summary);
  return (
    <>
      {summary.demo && <DemoBanner />}
      <p className="visually-hidden" role="status" aria-live="polite">
        {changed.size > 0 && t('截至 {{moment}}：{{count}} 项数值变化', { moment: momentText, count: changed.size })}
      </p>
      <ChangedLine count={summary.changedSinceApproval} />
      <LaterLine summary={summary} />
      <div className="screens">
        <section className="screen" aria-label={t('总览')}>
          <div className="screen-side">
            <IndexPanel summary={summary} />
            <AreaIndexes summary={summary} />
          </div>
          <DigestTable indicators={summary.indicators} period={summary.period} changed={changed} />
        </section>
        <section className="screen-below">
          <AttentionPanel summary={summary} />
          <ProgrammeCounts counts={summary.programme} />
        </section>
      </div>
      {isThere && <IndexChange period={summary.period} unit={summary.unit.code} />}
    </>
  );
}

/** How many of the values became others after the moment that is shown. */
function LaterLine({ summary: { indicators, asOf, atPosition } }: { readonly summary: Summary }) {
  const { momentText } = useScope();
  if (asOf === undefined && atPosition === undefined) return null;
  const count = indicators.filter(({ later, value }) => later && later.shown !== value.shown).length;
  return (
    <p className="later-line" data-testid="later-changes">
      {count === 0
        ? t('{{moment}} 之后，本期各项数值没有变化', { moment: momentText })
        : t('{{moment}} 之后，本期有 {{count}} 项数值变化，见各行', { moment: momentText, count })}
    </p>
  );
}
