import { Link } from '@tanstack/react-router';
import type { ObligationPeriod, Unit } from '../api/types';
import { workbookAddress } from '../api/reporting-calls';
import { useSearchChange } from '../app/links';
import { t } from '../shared/i18n';
import { mayFor } from '../state/rights';
import { usePlanHere } from '../state/scope';
import { useSession } from '../state/session';
import { stateWords } from './outcome-words';

interface Props {
  readonly unit: Unit;
  readonly periods: readonly ObligationPeriod[];
  /** The period whose obligations are listed below. */
  readonly chosen: string | undefined;
}

/** The periods for which a unit has something to report, with the ways to do so. */
export function PeriodsSection({ unit, periods, chosen }: Props) {
  const plan = usePlanHere();
  const session = useSession();
  const change = useSearchChange();
  const mayReport = mayFor(session, 'figures.report', plan, unit.code);
  return (
    <section className="card" aria-labelledby="periods" data-testid="periods">
      <h2 id="periods">{t('各期间')}</h2>
      <div className="scroll-x">
        <table className="plain-table" aria-label={t('{{unit}} 各期间', { unit: unit.name })}>
          <thead>
            <tr>
              <th scope="col">{t('期间')}</th>
              <th scope="col">{t('报送截止')}</th>
              {(['owed', 'returned', 'reported', 'approved', 'missing'] as const).map((state) => (
                <th key={state} scope="col" className="number">
                  {state === 'reported' ? t('待审核或已报') : stateWords[state]}
                </th>
              ))}
              <th scope="col" className="number">
                {t('逾期')}
              </th>
              <th scope="col">{t('办理')}</th>
            </tr>
          </thead>
          <tbody>
            {periods.map(({ period, due, overdue, totals }) => (
              <tr key={period} className={period === chosen ? 'named' : undefined} data-period={period}>
                <th scope="row">
                  <a
                    href={`?period=${period}`}
                    aria-current={period === chosen ? 'true' : undefined}
                    onClick={(event) => {
                      event.preventDefault();
                      change({ period });
                    }}
                  >
                    {period}
                  </a>
                </th>
                <td>{due ?? <span className="none">{t('没有设')}</span>}</td>
                <td className="number">{totals.owed}</td>
                <td className={totals.returned > 0 ? 'number grave' : 'number'}>{totals.returned}</td>
                <td className="number">{totals.reported}</td>
                <td className="number">{totals.approved}</td>
                <td className="number">{totals.missing}</td>
                <td className={overdue > 0 ? 'number grave' : 'number'}>{overdue}</td>
                <td>
                  <span className="links">
                    <Link
                      to="/p/$plan/report/$period"
                      params={{ plan: plan.plan, period }}
                      search={{ unit: unit.code }}
                    >
                      {mayReport ? t('填报') : t('查看')}
                    </Link>
                    {mayReport && (
                      <a href={workbookAddress(plan.plan, unit.code, period)} download>
                        {t('工作簿')}
                      </a>
                    )}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
