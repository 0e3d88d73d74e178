import { Skeleton } from 'antd';
import { thingTrailCsv, useThingTrail, type ThingOf } from '../api/programme-calls';
import { TrailTable } from '../indicators/TrailTable';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useScope } from '../state/scope';
import { t } from '../shared/i18n';

/** Audit trail of a programme item. */
export function ThingTrail({ thing }: { readonly thing: ThingOf }) {
  const { plan, moment } = useScope();
  const trail = useThingTrail(plan.plan, thing, moment);
  return (
    <section data-testid="trail" aria-busy={trail.isPending}>
      <h2>{t('变更轨迹')}</h2>
      {trail.error ? (
        <ProblemAlert error={trail.error} />
      ) : trail.isPending ? (
        <Skeleton active paragraph={{ rows: 4 }} title={false} />
      ) : (
        <>
          <p className="csv trail-tools">
            <a href={thingTrailCsv(plan.plan, thing, moment)} download={`${thing.resource}-${thing.id}-trail.csv`}>
              {t('下载 CSV')}
            </a>
          </p>
          <TrailTable entries={trail.data} />
        </>
      )}
    </section>
  );
}
