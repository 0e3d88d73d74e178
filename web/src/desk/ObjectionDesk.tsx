import { Link } from '@tanstack/react-router';
import { useObjections } from '../api/appraisal-calls';
import type { ObjectionOfYear, PlanDocument } from '../api/types';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { mayFor } from '../state/rights';
import { useSession } from '../state/session';
import { said } from '../shared/said';

/** So many objections are listed; the others are on the page 考核. */
const most = 5;

/** Objections to 考核 sheets that the person decides on, and those of the person's units with their decisions. */
export function ObjectionDesk({ plan }: { readonly plan: PlanDocument }) {
  const session = useSession();
  const found = useObjections(plan.plan);
  if (found.error) return <ProblemAlert error={found.error} retry={() => void found.refetch()} />;
  const current = (found.data ?? []).filter(({ isFrozen }) => !isFrozen);
  const toDecide = current.filter(
    ({ decided, withdrawn, unit }) =>
      !decided && !withdrawn && session.unit !== unit && mayFor(session, 'appraisal.decide', plan, unit),
  );
  const own = current.filter(({ unit }) => mayFor(session, 'appraisal.object', plan, unit));
  return (
    <>
      <List plan={plan.plan} title={t('待裁定的考核申诉')} objections={toDecide} testId="objections-to-decide" />
      <List plan={plan.plan} title={t('本单位的考核申诉')} objections={own} testId="objections-own" />
    </>
  );
}

interface Props {
  readonly plan: string;
  readonly title: string;
  readonly objections: readonly ObjectionOfYear[];
  readonly testId: string;
}

function List({ plan, title, objections, testId }: Props) {
  if (objections.length === 0) return null;
  return (
    <section aria-label={title} data-testid={testId}>
      <h3>
        {title} <span className="muted">{t('{{count}} 条', { count: objections.length })}</span>
      </h3>
      <ul className="desk-list">
        {objections.slice(0, most).map(({ period, number, unit, unitName, text, decided, withdrawn }) => (
          <li key={`${period} ${number}`}>
            <Link to="/p/$plan/appraisal" params={{ plan }} search={{ period, of: unit }}>
              {t('{{period}} {{unit}}：{{text}}', { period, unit: unitName, text: said(text) })}
            </Link>{' '}
            {withdrawn ? (
              <span className="muted">
                {t('{{by}} 撤回：{{reason}}', { by: withdrawn.by, reason: withdrawn.reason ?? '' })}
              </span>
            ) : decided === undefined ? (
              <span className="muted">{t('待裁定')}</span>
            ) : (
              <span className={decided.accepted ? 'muted' : 'grave'}>
                {decided.accepted
                  ? t('{{by}} 采纳：{{reason}}', { by: decided.by, reason: decided.reason ?? '' })
                  : t('{{by}} 未采纳：{{reason}}', { by: decided.by, reason: decided.reason ?? '' })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
