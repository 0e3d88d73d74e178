import type { ReactNode } from 'react';
import { t } from '../shared/i18n';

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** List of names and values; entries without value are left out. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="definition">
      {facts
        .filter(({ value }) => value !== undefined && value !== '' && value !== false)
        .map(({ name, value }) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export const sourceLine = (line: number | undefined): string | undefined =>
  line === undefined ? undefined : t('规划文本第 {{line}} 行', { line });
