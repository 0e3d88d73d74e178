import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { useLostAt } from '../api/connection';
import { Notices } from '../notices/Notices';
import { t } from '../shared/i18n';
import { contentId } from '../shared/PageTitle';
import { LostBanner } from './LostBanner';
import { PersonMenu } from './PersonMenu';
import { SecondFactorBanner } from './SecondFactorBanner';
import { SideMenu } from './SideMenu';
import { Wordmark } from './Wordmark';

/** What is around every page: the way to the others, and who is signed in. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const lostAt = useLostAt();
  const menu = useRef<HTMLDialogElement>(null);
  useArrival(() => menu.current?.close());
  /** A click beside the open menu closes it. */
  const closeMenuAt = (target: EventTarget) => {
    if (target === menu.current) menu.current.close();
  };
  return (
    <div className="shell" data-lost={lostAt !== undefined}>
      <a className="skip" href={`#${contentId}`}>
        {t('跳到正文')}
      </a>
      <header className="masthead">
        <button type="button" className="field menu-button" onClick={() => menu.current?.showModal()}>
          {t('菜单')}
        </button>
        <Link to="/" className="home" aria-label={t('通鉴，回到工作台')}>
          <Wordmark />
        </Link>
        <div id="masthead-place" className="masthead-place" />
        <Notices />
        <PersonMenu />
      </header>
      <nav className="side" aria-label={t('主菜单')}>
        <SideMenu />
      </nav>
      <dialog ref={menu} className="side-dialog" aria-label={t('主菜单')} onClick={({ target }) => closeMenuAt(target)}>
        <button type="button" className="field" onClick={() => menu.current?.close()}>
          {t('关闭')}
        </button>
        <SideMenu />
      </dialog>
      <div className="content" id={contentId} tabIndex={-1}>
        <LostBanner />
        <SecondFactorBanner />
        {children}
      </div>
    </div>
  );
}

/** Once another page is there, the focus goes to its name, or to the content until the name is there. */
function useArrival(leave: () => void): void {
  const pathname = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const last = useRef(pathname);
  useEffect(() => {
    const isFirst = last.current === undefined;
    if (last.current === pathname) return;
    last.current = pathname;
    leave();
    if (isFirst) return;
    const content = document.getElementById(contentId);
    (content?.querySelector('h1') ?? content)?.focus({ preventScroll: true });
  });
}
