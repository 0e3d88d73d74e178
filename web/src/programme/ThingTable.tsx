import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { t } from '../shared/i18n';

interface Props<Thing> {
  readonly className: string;
  readonly caption: string;
  readonly columns: readonly { readonly title: string; readonly note?: string; readonly number?: boolean }[];
  readonly things: readonly Thing[];
  readonly line: (thing: Thing) => ReactNode;
  readonly empty: string;
}

const atFirst = 12;

/** Table that shows the first items, and all on request or in print. */
export function ThingTable<Thing>({ className, caption, columns, things, line, empty }: Props<Thing>) {
  const [all, showAll] = useState(false);
  if (things.length === 0) return <p className="muted nothing">{empty}</p>;
  const first = all || things.length <= atFirst + 3 ? things : things.slice(0, atFirst);
  const others = things.slice(first.length);
  return (
    <>
      <div className="table-frame">
        <table className={`things cards ${className}`} aria-label={caption}>
          <thead>
            <tr>
              {columns.map(({ title, note, number }) => (
                <th scope="col" key={title} className={number ? 'number' : undefined}>
                  {title}
                  {note !== undefined && <small>{note}</small>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{first.map(line)}</tbody>
          {others.length > 0 && <tbody className="beyond">{others.map(line)}</tbody>}
        </table>
      </div>
      {things.length > atFirst + 3 && (
        <Button className="more" size="small" type="link" onClick={() => showAll(!all)}>
          {all ? t('只看前 {{atFirst}} 条', { atFirst }) : t('显示其余 {{count}} 条', { count: others.length })}
        </Button>
      )}
    </>
  );
}
