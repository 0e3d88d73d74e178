import { Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useLatestChanges } from '../api/reporting-calls';
import type { LatestChange } from '../api/types';
import { figure, moment } from '../format';
import { DemoTag } from '../shared/DemoTag';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';

interface Props {
  readonly plan: string;
  readonly timeZone: string;
}

const resources = { project: 'projects', policy: 'policies', task: 'tasks', finding: 'findings' } as const;

/** What became known of the plan of late, out of what the person may see. */
export function LatestChanges({ plan, timeZone }: Props) {
  const found = useLatestChanges(plan, 12);
  if (found.error) return <ProblemAlert error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton active paragraph={{ rows: 4 }} title={false} />;
  const { changes } = found.data;
  return (
    <section aria-label={t('新近掌握')} data-testid="latest">
      <h3>{t('新近掌握')}</h3>
      {changes.length === 0 && <p className="muted">{t('还没有掌握任何数据和进展')}</p>}
      <ul className="desk-list">
        {changes.map((change) => {
          const { kind, id, unit, period, what, text, by, knownAt, demo } = change;
          return (
            <li key={[kind, id, unit, period, what, knownAt].join('/')}>
              <ChangeLink plan={plan} change={change} /> {t(what)}{' '}
              {text !== undefined && <b className="number">{kind === 'figure' ? figure(text) : text}</b>}
              {demo && <DemoTag />}{' '}
              <small className="muted">{t('{{who}} {{when}}', { who: by, when: moment(knownAt, timeZone) })}</small>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function ChangeLink({ plan, change }: { readonly plan: string; readonly change: LatestChange }) {
  const { kind, id, name, unit, unitName = '', period } = change;
  if (kind !== 'figure') {
    return (
      <Link to="/p/$plan/$resource/$id" params={{ plan, resource: resources[kind], id }}>
        <span className="code">{id}</span> {name}
      </Link>
    );
  }
  return (
    <Link
      to="/p/$plan/indicators/$code"
      params={{ plan, code: id }}
      search={{ ...(unit !== undefined && { unit }), ...(period !== undefined && { period, trail: period }) }}
    >
      <span className="code">{id}</span> {name}
      {t('（{{unit}} {{period}}）', { unit: unitName, period: period ?? '' })}
    </Link>
  );
}
