import type { ReactNode } from 'react';

export interface Count {
  readonly name: string;
  readonly value: ReactNode;
  readonly unit?: string;
  /** Small text after the number. */
  readonly note?: string;
  /** Whether the number is highlighted as needing attention. */
  readonly grave?: boolean;
}

/** A line of named counts. */
export function Counts({ counts }: { readonly counts: readonly Count[] }) {
  return (
    <dl className="standing counts">
      {counts.map(({ name, value, unit, note, grave }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="number">
            <strong className={grave ? 'grave' : undefined}>{value}</strong>
            {unit !== undefined && <small> {unit}</small>}
            {note !== undefined && <small> {note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
