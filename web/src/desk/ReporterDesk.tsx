import { Link } from '@tanstack/react-router';
import { useObligationPeriods, useObligations } from '../api/reporting-calls';
import type { ObligationPeriod, PlanDocument, Unit } from '../api/types';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';

interface Props {
  readonly plan: PlanDocument;
  readonly unit: Unit;
}

/** So many periods of a unit are listed; the others are a link away. */
const listed = 4;

/** What a unit owes, what came back and what waits. */
export function ReporterDesk({ plan, unit }: Props) {
  const found = useObligationPeriods(plan.plan, unit.code);
  if (found.error) return <ProblemAlert error={found.error} retry={() => void found.refetch()} />;
  const all = found.data?.periods ?? [];
  const owed = all.filter(({ totals }) => totals.owed + totals.returned > 0);
  const returned = all.filter(({ totals }) => totals.returned > 0);
  const waiting = all.filter(({ totals }) => totals.reported > 0);
  return (
    <section aria-label={t('{{unit}} 的报送', { unit: unit.name })} data-testid={`owed-${unit.code}`}>
      <h3>
        {t('{{unit}} 应报', { unit: unit.name })}{' '}
        <Link to="/p/$plan/report" params={{ plan: plan.plan }} search={{ unit: unit.code }}>
          {t('全部期间')}
        </Link>
      </h3>
      {found.data && owed.length === 0 && <p className="muted">{t('都已报齐')}</p>}
      <ul className="desk-list">
        {owed.slice(0, listed).map((period) => (
          <OwedPeriod key={period.period} plan={plan.plan} unit={unit.code} period={period} />
        ))}
      </ul>
      {owed.length > listed && (
        <p className="muted">{t('另有 {{count}} 个更早的期间也有欠报', { count: owed.length - listed })}</p>
      )}
      {returned.map(({ period }) => (
        <Returned key={period} plan={plan.plan} unit={unit.code} period={period} />
      ))}
      {waiting.length > 0 && (
        <p>
          {t('待审核或本期已报：')}
          {waiting.slice(0, listed).map(({ period, totals }) => (
            <Link
              key={period}
              className="desk-inline"
              to="/p/$plan/report"
              params={{ plan: plan.plan }}
              search={{ unit: unit.code, period, standing: 'reported' }}
            >
              {t('{{period}} {{count}} 项', { period, count: totals.reported })}
            </Link>
          ))}
        </p>
      )}
    </section>
  );
}

interface PeriodProps {
  readonly plan: string;
  readonly unit: string;
  readonly period: ObligationPeriod;
}

function OwedPeriod({ plan, unit, period: { period, due, overdue, totals } }: PeriodProps) {
  const dueText = due === undefined ? t('没有设期限') : t('截止 {{due}}', { due });
  return (
    <li data-period={period}>
      <Link to="/p/$plan/report/$period" params={{ plan, period }} search={{ unit, standing: 'open' }}>
        {t('{{period}}：欠报 {{count}} 项', { period, count: totals.owed })}
      </Link>{' '}
      <span className={overdue > 0 ? 'grave' : 'muted'}>
        {overdue > 0 ? t('{{due}}，逾期 {{count}} 项', { due: dueText, count: overdue }) : dueText}
      </span>
    </li>
  );
}

/** What came back, with its reason: each opens in the form. */
function Returned({ plan, unit, period }: Omit<PeriodProps, 'period'> & { readonly period: string }) {
  const found = useObligations(plan, unit, period);
  const returned = (found.data?.units[0]?.obligations ?? []).filter(({ state }) => state === 'returned');
  return (
    <div data-testid="returned">
      <h3>{t('{{period}} 退回 {{count}} 项', { period, count: returned.length })}</h3>
      <ul className="desk-list">
        {returned.map(({ code, name, note }) => (
          <li key={code}>
            <Link to="/p/$plan/report/$period" params={{ plan, period }} search={{ unit, code }}>
              <span className="code">{code}</span> {name}
            </Link>{' '}
            <span className="grave">{note}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
