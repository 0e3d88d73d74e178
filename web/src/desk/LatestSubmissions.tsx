import { Link } from '@tanstack/react-router';
import { useSubmissions } from '../api/submission-calls';
import { moment } from '../format';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';

interface Props {
  readonly plan: string;
  readonly timeZone: string;
}

const shown = 5;

/** The reports that were sent of late. */
export function LatestSubmissions({ plan, timeZone }: Props) {
  const found = useSubmissions(plan);
  if (found.error) return <ProblemAlert error={found.error} retry={() => void found.refetch()} />;
  const latest = (found.data ?? [])
    .filter(({ received }) => received.kind === 'rows')
    .toSorted((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
    .slice(0, shown);
  if (latest.length === 0) return null;
  return (
    <section aria-label={t('近来的报送')} data-testid="sent">
      <h3>{t('近来的报送')}</h3>
      <ul className="desk-list">
        {latest.map(({ id, received, by, receivedAt, standing }) => (
          <li key={id}>
            <Link to="/p/$plan/report" params={{ plan }} search={{ submission: id }}>
              {received.title}
            </Link>{' '}
            {t('{{count}} 项', { count: received.events })}{' '}
            {standing === 'withdrawn' && <span className="muted">{t('已撤回')}</span>}{' '}
            <small className="muted">{t('{{who}} {{when}}', { who: by, when: moment(receivedAt, timeZone) })}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
