import { Link } from '@tanstack/react-router';
import { useFeeds } from '../api/feed-calls';
import { t } from '../shared/i18n';

/** The feeds of a plan that fail, for those who set them. */
export function FeedDesk({ plan }: { readonly plan: string }) {
  const failing = (useFeeds(plan).data ?? []).filter(({ failure }) => failure);
  if (failing.length === 0) return null;
  return (
    <section aria-label={t('数据源')} data-testid="failing-feeds">
      <h3>{t('数据源')}</h3>
      {failing.map(({ id, name, failure }) => (
        <p key={id}>
          <Link to="/admin/$page" params={{ page: 'feeds' }} search={{ plan, id }}>
            {name}
          </Link>{' '}
          <span className="grave">{failure?.message}</span>
        </p>
      ))}
    </section>
  );
}
