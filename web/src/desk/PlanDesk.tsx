import { Link } from '@tanstack/react-router';
import { usePlan } from '../api/queries';
import { useWaiting } from '../api/reporting-calls';
import type { OwnSession, PlanSummary } from '../api/types';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { bureauOf } from '../programme/reading';
import { reportingUnits } from '../state/rights';
import { mayAnywhere, unitsOf, useSession } from '../state/session';
import { FollowedList } from '../follows/FollowedList';
import { FeedDesk } from './FeedDesk';
import { LatestChanges } from './LatestChanges';
import { LatestSubmissions } from './LatestSubmissions';
import { ObjectionDesk } from './ObjectionDesk';
import { RectificationDesk } from './RectificationDesk';
import { ReporterDesk } from './ReporterDesk';

/** So many units of a person are listed. */
const mostUnits = 3;

/** What there is to do in one plan, and what is new in it. */
export function PlanDesk({ plan: { plan, title } }: { readonly plan: PlanSummary }) {
  const session = useSession();
  const found = usePlan(plan);
  const may = (...permissions: Parameters<typeof mayAnywhere>[1][number][]) => mayAnywhere(session, permissions, plan);
  const mayReview = may('figures.approve');
  const waiting = useWaiting(plan, mayReview);
  const isReporter = may('figures.report');
  const units = isReporter && found.data ? reportingUnits(session, found.data) : [];
  const accepting = unitsAccepting(session, plan);
  const owing = unitsOf(session, 'programme.report', plan) ?? [];
  const closes = may('rectification.close');
  const isAppraising = may('appraisal.object', 'appraisal.decide');
  const sees = isReporter || mayReview || may('plans.define', 'audit.read');
  return (
    <section className="card plan-desk" aria-label={title}>
      <h2>
        <Link to="/p/$plan" params={{ plan }}>
          {title}
        </Link>
      </h2>
      {found.error && <ProblemAlert error={found.error} retry={() => void found.refetch()} />}
      <div className="two-columns">
        {(units.length > 0 || mayReview || accepting.length > 0 || owing.length > 0) && (
          <div className="desk-part">
            {mayReview && (
              <section aria-label={t('审核')} data-testid="waiting">
                <h3>{t('审核')}</h3>
                {waiting.error ? (
                  <ProblemAlert error={waiting.error} retry={() => void waiting.refetch()} />
                ) : (
                  waiting.data && (
                    <p>
                      <Link to="/p/$plan/review" params={{ plan }}>
                        {t('待审核 {{count}} 项', { count: waiting.data.total })}
                      </Link>
                      {waiting.data.changedSinceApproval > 0 && (
                        <span className="muted">
                          {t('，其中审核后又有变更的 {{count}} 项', { count: waiting.data.changedSinceApproval })}
                        </span>
                      )}
                    </p>
                  )
                )}
              </section>
            )}
            {accepting.map((unit) => (
              <RectificationDesk key={unit ?? ''} title={t('待验收的整改')} plan={plan} awaits="reviewer" unit={unit} />
            ))}
            {found.data && isAppraising && <ObjectionDesk plan={found.data} />}
            {closes && <RectificationDesk title={t('待办结的整改')} plan={plan} awaits="lead" />}
            {owing.map((code) => (
              <RectificationDesk
                key={code}
                title={t('{{unit}} 应办的整改', { unit: bureauOf(found.data?.units ?? [], code) })}
                plan={plan}
                awaits="owner"
                unit={code}
              />
            ))}
            {found.data &&
              units.slice(0, mostUnits).map((unit) => <ReporterDesk key={unit.code} plan={found.data} unit={unit} />)}
            {units.length > mostUnits && (
              <p>
                <Link to="/p/$plan/report" params={{ plan }}>
                  {t('另有 {{count}} 个单位，在数据填报中选', { count: units.length - mostUnits })}
                </Link>
              </p>
            )}
          </div>
        )}
        <div className="desk-part">
          {may('plans.define') && <FeedDesk plan={plan} />}
          {found.data && <FollowedList plan={plan} timeZone={found.data.timeZone} />}
          {found.data && <LatestChanges plan={plan} timeZone={found.data.timeZone} />}
          {found.data && sees && <LatestSubmissions plan={plan} timeZone={found.data.timeZone} />}
        </div>
      </div>
    </section>
  );
}

/** The units for which the person accepts rectifications; one `undefined` stands for the plan whole. */
function unitsAccepting(session: OwnSession, plan: string): (string | undefined)[] {
  if (!mayAnywhere(session, ['rectification.accept'], plan)) return [];
  return unitsOf(session, 'rectification.accept', plan) ?? [undefined];
}
