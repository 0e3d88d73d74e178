import { Button } from 'antd';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { ProblemAlert } from '../shared/ProblemAlert';
import { t } from '../shared/i18n';
import type { List } from './ListPage';
import { PageRows } from './PageRows';

interface Props<Thing> {
  readonly className: string;
  readonly caption: string;
  readonly columns: readonly { readonly title: string; readonly note?: string; readonly number?: boolean }[];
  readonly pages: readonly { readonly items: readonly Thing[] }[];
  readonly line: (thing: Thing) => ReactNode;
  readonly empty: string;
  /** Below the table. */
  readonly children?: ReactNode;
}

/** Table of things. Only the pages near what is in sight have their rows. */
export function ThingTable<Thing>({ className, caption, columns, pages, line, empty, children }: Props<Thing>) {
  const head = useRef<HTMLTableRowElement>(null);
  const widths = useKeptWidths(head, pages.length > 1);
  if (!pages.some(({ items }) => items.length > 0)) return <p className="muted nothing">{empty}</p>;
  return (
    <>
      <div className="table-frame">
        <table className={`things cards ${className}${widths ? ' kept-widths' : ''}`} aria-label={caption}>
          {widths && (
            <colgroup>
              {widths.map((width, at) => (
                <col key={columns[at]?.title} style={{ width }} />
              ))}
            </colgroup>
          )}
          <thead>
            <tr ref={head}>
              {columns.map(({ title, note, number }) => (
                <th scope="col" key={title} className={number ? 'number' : undefined}>
                  {title}
                  {note !== undefined && <small>{note}</small>}
                </th>
              ))}
            </tr>
          </thead>
          {pages.map(({ items }, at) => (
            <PageRows key={at} items={items} line={line} isFirst={at === 0} />
          ))}
        </table>
      </div>
      {children}
    </>
  );
}

/** The widths that the columns had with the first page, so that they stay as they are while rows come and go. */
function useKeptWidths(head: React.RefObject<HTMLTableRowElement | null>, isLong: boolean): number[] | undefined {
  const [widths, setWidths] = useState<number[]>();
  useLayoutEffect(() => {
    if (!isLong || !head.current) {
      setWidths(undefined);
    } else if (!widths) {
      setWidths([...head.current.cells].map(({ offsetWidth }) => offsetWidth));
    }
  }, [head, isLong, widths]);
  useEffect(() => {
    const measureAgain = () => setWidths(undefined);
    window.addEventListener('resize', measureAgain);
    return () => window.removeEventListener('resize', measureAgain);
  }, []);
  return widths;
}

interface MoreProps {
  readonly list: List<{ readonly total: number; readonly items: readonly unknown[] }>;
  /** Whether the next page is loaded as soon as its place comes near. */
  readonly isFollowing?: boolean;
}

/** Loads the next page of a list. */
export function More({ list, isFollowing = false }: MoreProps) {
  const place = useRef<HTMLDivElement>(null);
  const { data, error, hasNextPage, isFetchingNextPage, isPlaceholderData, fetchNextPage } = list;
  const pages = data?.pages ?? [];
  const waits = isFollowing && hasNextPage && !isFetchingNextPage && !isPlaceholderData && !error;
  useEffect(() => {
    if (!waits || !place.current) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) void fetchNextPage();
      },
      { rootMargin: '800px 0px' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [waits, fetchNextPage]);
  if (!hasNextPage) return null;
  const shown = pages.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <div ref={place} className="more">
      {error && <ProblemAlert error={error} />}
      <span className="muted">{t('已列 {{shown}} / {{total}} 条', { shown, total: pages[0]?.total ?? 0 })}</span>
      <Button size="small" type="link" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {t('继续列出')}
      </Button>
    </div>
  );
}
