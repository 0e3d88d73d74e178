import type { ReactNode } from 'react';

export interface Count {
  readonly name: string;
  readonly value: ReactNode;
  readonly unit?: string;
  /** In small, behind the number. */
  readonly note?: string;
  /** Worth a look. */
  readonly grave?: boolean;
}

/** How many there are and how they stand, in one line. */
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
