import { Link } from '@tanstack/react-router';
import { Breadcrumb } from 'antd';
import type { ReactNode } from 'react';
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
        <Breadcrumb
          items={[
            ...crumbs.map((crumb) => ({ key: crumb.href, title: <Link to={crumb.href as '/'}>{crumb.title}</Link> })),
            { key: 'here', title: code ?? title },
          ]}
        />
      )}
      <div className="page-title">
        <h1>
          {code !== undefined && <span className="code">{code}</span>}
          {title}
        </h1>
        {children !== undefined && <div className="page-actions">{children}</div>}
      </div>
      {note !== undefined && <p className="page-note muted">{note}</p>}
    </div>
  );
}
