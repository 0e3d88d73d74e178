import { Skeleton } from 'antd';
import { thingTrailCsv, useThingTrail, type ThingOf } from '../api/programme-calls';
import { TrailTable } from '../indicators/TrailTable';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useScope } from '../state/scope';
import { t } from '../shared/i18n';
import { WithdrawReport, withdrawnIn, type Reported } from './WithdrawReport';

interface Props {
  readonly thing: ThingOf;
  /** What its reports are about, where there are any; they are withdrawn here. */
  readonly acted: Reported | undefined;
}

/** Audit trail of a programme item. */
export function ThingTrail({ thing, acted }: Props) {
  const { plan, moment } = useScope();
  const trail = useThingTrail(plan.plan, thing, moment);
  const withdrawn = withdrawnIn(trail.data ?? []);
  const isToday = moment.asOf === undefined && moment.atPosition === undefined;
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
          <TrailTable
            entries={trail.data}
            act={(entry) =>
              withdrawn.has(entry.eventId) ? (
                <small className="muted">{t('已撤回')}</small>
              ) : (
                acted && isToday && <WithdrawReport thing={acted} entry={entry} />
              )
            }
          />
        </>
      )}
    </section>
  );
}
