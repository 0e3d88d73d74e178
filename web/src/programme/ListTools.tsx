import { Select } from 'antd';
import type { ReactNode } from 'react';
import type { Light } from '../api/types';
import { SearchField } from '../shared/SearchField';
import { LightIcon } from '../shared/LightIcon';
import { t } from '../shared/i18n';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly count: number;
  readonly light?: Light;
}

/** How many things have each value of a filter; a value that none has is absent. */
export type Counted = Readonly<Record<string, number>> | undefined;

/** One choice per value, with the number of things that have it. */
export const choicesOf = <Value extends string>(
  words: Readonly<Record<Value, string>>,
  counted: Counted,
): Choice<Value>[] =>
  (Object.keys(words) as Value[]).map((value) => ({ value, label: words[value], count: counted?.[value] ?? 0 }));

interface ChipsProps<Value extends string> {
  readonly label: string;
  readonly total: number;
  readonly choices: readonly Choice<Value>[];
  readonly chosen: Value | undefined;
  readonly choose: (value: Value | undefined) => void;
}

/** Filter by state. Each chip shows its number of items; states without items are left out. */
export function Chips<Value extends string>({ label, total, choices, chosen, choose }: ChipsProps<Value>) {
  return (
    <div className="chips" role="group" aria-label={label}>
      <button type="button" className="chip" aria-pressed={chosen === undefined} onClick={() => choose(undefined)}>
        {t('全部 {{total}}', { total })}
      </button>
      {choices
        .filter(({ value, count }) => count > 0 || value === chosen)
        .map(({ value, label: text, count, light }) => (
          <button
            type="button"
            className="chip"
            key={value}
            aria-pressed={chosen === value}
            onClick={() => choose(chosen === value ? undefined : value)}
          >
            {light && <LightIcon light={light} size={12} />}
            {text} {count}
          </button>
        ))}
    </div>
  );
}

interface PickProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly chosen: Value | undefined;
  readonly choose: (value: Value | undefined) => void;
}

export function Pick<Value extends string>({ label, choices, chosen, choose }: PickProps<Value>) {
  const options = choices
    .filter(({ value, count }) => count > 0 || value === chosen)
    .map(({ value, label: text, count }) => ({ value, label: `${text} ${count}` }));
  return (
    <span className="filter" data-filled={chosen !== undefined}>
      <Select
        allowClear
        size="small"
        aria-label={label}
        placeholder={label}
        value={chosen}
        popupMatchSelectWidth={false}
        options={options}
        onChange={(value: Value | undefined) => choose(value)}
      />
    </span>
  );
}

interface ToolsProps {
  readonly search: string | undefined;
  readonly onSearch: (text: string | undefined) => void;
  readonly placeholder: string;
  readonly children: ReactNode;
}

export function ListTools({ search, onSearch, placeholder, children }: ToolsProps) {
  return (
    <div className="list-tools">
      {children}
      <span className="filter list-search" data-filled={search !== undefined}>
        <SearchField label={placeholder} value={search} onSearch={onSearch} />
      </span>
    </div>
  );
}
