import { Link, useLocation } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useLostAt } from '../api/connection';
import { t } from '../shared/i18n';
import { LostBanner } from './LostBanner';
import { PersonMenu } from './PersonMenu';
import { SecondFactorBanner } from './SecondFactorBanner';
import { SideMenu } from './SideMenu';
import { Wordmark } from './Wordmark';

/** What is around every page: the way to the others, and who is signed in. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { pathname } = useLocation();
  const lostAt = useLostAt();
  const [isMenuOpen, openMenu] = useState(false);
  useEffect(() => openMenu(false), [pathname]);
  return (
    <div className="shell" data-lost={lostAt !== undefined}>
      <a className="skip" href="#content">
        {t('跳到正文')}
      </a>
      <header className="masthead">
        <Button className="menu-button" aria-expanded={isMenuOpen} onClick={() => openMenu(true)}>
          {t('菜单')}
        </Button>
        <Link to="/" className="home" aria-label={t('通鉴，回到工作台')}>
          <Wordmark />
        </Link>
        <div id="masthead-place" className="masthead-place" />
        <PersonMenu />
      </header>
      <nav className="side" aria-label={t('主菜单')}>
        <SideMenu />
      </nav>
      <Drawer
        open={isMenuOpen}
        placement="left"
        size={280}
        title={t('主菜单')}
        rootClassName="side-drawer"
        onClose={() => openMenu(false)}
      >
        <SideMenu />
      </Drawer>
      <div className="content" id="content" tabIndex={-1}>
        <LostBanner />
        <SecondFactorBanner />
        {children}
      </div>
    </div>
  );
}
