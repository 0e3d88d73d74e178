import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from './i18n';
import { PageTitle } from './PageTitle';
import { useTitle } from './use-title';

export interface Crumb {
  readonly title: string;
  readonly href: string;
}

interface Props {
  readonly title: string;
  /** Before the title, such as a code. */
  readonly code?: string;
  readonly crumbs?: readonly Crumb[];
  /** Below the title: what the page shows, of when. */
  readonly note?: ReactNode;
  /** Beside the title: actions. */
  readonly children?: ReactNode;
}

/** The head of a page: where it is, what it is called, what can be done with it. */
export function PageHead({ title, code, crumbs = [], note, children }: Props) {
  useTitle(title, ...crumbs.map((crumb) => crumb.title).reverse());
  return (
    <div className="page-head">
      {crumbs.length > 0 && (
        <nav className="crumbs" aria-label={t('所在位置')}>
          <ol>
            {crumbs.map((crumb) => (
              <li key={crumb.href}>
                <Link to={crumb.href as '/'}>{crumb.title}</Link>
              </li>
            ))}
            <li aria-current="page">{code ?? title}</li>
          </ol>
        </nav>
      )}
      <div className="page-title">
        <PageTitle>
          {code !== undefined && <span className="code">{code}</span>}
          {title}
        </PageTitle>
        {children !== undefined && <div className="page-actions">{children}</div>}
      </div>
      {note !== undefined && <p className="page-note muted">{note}</p>}
    </div>
  );
}
