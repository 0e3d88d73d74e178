import { Link } from '@tanstack/react-router';
import { useId, useRef } from 'react';
import { t } from '../shared/i18n';
import { useNotices } from './use-notices';

/** The button that counts what waits, and opens the list of it. */
export function NoticeList() {
  const { notices, refresh } = useNotices();
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const plans = [...new Set(notices.map(({ plan }) => plan))];
  return (
    <>
      <button type="button" className="field notices-button" popoverTarget={id} onClick={refresh}>
        {t('待办 {{count}}', { count: notices.length })}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        className="notices"
        role="group"
        aria-label={t('待办')}
        data-testid="notices"
      >
        {notices.length === 0 && <p className="muted">{t('没有待办：都已报齐，也没有待审核的')}</p>}
        {plans.map((plan) => (
          <section key={plan} aria-label={plan}>
            <p className="muted">{plan}</p>
            <ul>
              {notices
                .filter((notice) => notice.plan === plan)
                .map(({ key, text, isGrave, path, search = {} }) => (
                  <li key={key}>
                    <Link
                      to={path as '/'}
                      search={search}
                      className={isGrave ? 'grave' : undefined}
                      onClick={() => list.current?.hidePopover()}
                    >
                      {text}
                    </Link>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}
