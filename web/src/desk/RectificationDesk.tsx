import { Link } from '@tanstack/react-router';
import { useAwaiting, type Awaiting } from '../api/programme-calls';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';

interface Props extends Awaiting {
  readonly title: string;
}

/** The findings whose 整改 awaits the person, those overdue first; nothing where none does. */
export function RectificationDesk({ title, plan, awaits, unit }: Props) {
  const found = useAwaiting({ plan, awaits, unit });
  if (found.error) return <ProblemAlert error={found.error} retry={() => void found.refetch()} />;
  if (!found.data || found.data.total === 0) return null;
  const { items, total } = found.data;
  const search = { awaits, ...(unit !== undefined && { unit }) };
  return (
    <section aria-label={title} data-testid={`rectification-${awaits}`}>
      <h3>
        {title}{' '}
        <Link to="/p/$plan/findings" params={{ plan }} search={search}>
          {t('全部 {{total}} 个', { total })}
        </Link>
      </h3>
      <ul className="desk-list">
        {items.map(({ id, title: name, dueOn = '', overdueDays }) => (
          <li key={id}>
            <Link to="/p/$plan/$resource/$id" params={{ plan, resource: 'findings', id }}>
              <span className="code">{id}</span> {name}
            </Link>{' '}
            <span className={overdueDays === undefined ? 'muted' : 'grave'}>
              {overdueDays === undefined
                ? t('期限 {{dueOn}}', { dueOn })
                : t('期限 {{dueOn}}，逾期 {{days}} 天', { dueOn, days: overdueDays })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
