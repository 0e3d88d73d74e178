import { Link } from '@tanstack/react-router';
import { useFollows } from '../api/follow-calls';
import type { FollowedThing } from '../api/types';
import { figure, moment } from '../format';
import { hitFind } from '../search/finds';
import { DemoTag } from '../shared/DemoTag';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { said } from '../shared/said';

interface Props {
  readonly plan: string;
  readonly timeZone: string;
}

/** What the person follows of a plan, with what became known of it last. */
export function FollowedList({ plan, timeZone }: Props) {
  const { data, error, refetch } = useFollows(plan, 'true');
  if (error) return <ProblemAlert error={error} retry={() => void refetch()} />;
  if (!data) return null;
  return (
    <section aria-label={t('我关注的')} data-testid="follows">
      <h3>{t('我关注的')}</h3>
      {data.follows.length === 0 && (
        <p className="muted">{t('还没有关注：在指标、单位、项目等的页面上点“关注”，这里便列出其最近的变化')}</p>
      )}
      <ul className="desk-list">
        {data.follows.map((followed) => (
          <li key={`${followed.kind} ${followed.id}`}>
            <FollowedLine plan={plan} followed={followed} timeZone={timeZone} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function FollowedLine({ plan, followed, timeZone }: Props & { readonly followed: FollowedThing }) {
  const { kind, id, title = t('已不在规划中，或您不再可见'), latest } = followed;
  const find = hitFind(plan, { kind, id, title });
  return (
    <>
      <span className="muted">{find.kind}</span>{' '}
      <Link to={find.path as '/'} search={find.search as object}>
        <span className="code">{id}</span> {title}
      </Link>{' '}
      {latest ? (
        <>
          {t(latest.what)} {latest.unitName !== undefined && kind !== 'unit' && `${latest.unitName} `}
          {kind === 'unit' && `${latest.name} `}
          {latest.period !== undefined && `${latest.period} `}
          {latest.text !== undefined && (
            <b className="number">{latest.kind === 'figure' ? figure(latest.text) : said(latest.text)}</b>
          )}
          {latest.demo && <DemoTag />}{' '}
          <small className="muted">
            {t('{{who}} {{when}}', { who: latest.by, when: moment(latest.knownAt, timeZone) })}
          </small>
        </>
      ) : (
        <small className="muted">{t('还没有变化')}</small>
      )}
    </>
  );
}
