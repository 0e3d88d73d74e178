import { Segmented } from 'antd';
import { useSearchChange } from '../app/links';

interface Props<Key extends string> {
  readonly label: string;
  readonly chosen: Key;
  readonly views: Readonly<Record<Key, string>>;
  /** Filters that are of one view only. */
  readonly forget?: readonly string[];
}

/** Parts of a page, of which the address names one; the first needs no name. */
export function Views<Key extends string>({ label, chosen, views, forget = [] }: Props<Key>) {
  const change = useSearchChange();
  const keys = Object.keys(views) as Key[];
  return (
    <div className="views-choice">
      <Segmented<Key>
        aria-label={label}
        value={chosen}
        options={keys.map((value) => ({ value, label: views[value] }))}
        onChange={(view) =>
          change({
            ...Object.fromEntries(['sort', ...forget].map((key) => [key, undefined])),
            view: view === keys[0] ? undefined : view,
          })
        }
      />
    </div>
  );
}
