import { useCallback, useState } from 'react';
import { dropDraft, keepDraft, keptDraft } from '../shared/command/draft';
import { cellOf, noEntries, type Column, type Entries, type GridRow } from './form-grid';

export interface CellChange {
  readonly row: GridRow;
  readonly column: Column;
  readonly text: string;
}

/** What is typed into a form; it is kept on the device until it is sent or thrown away. */
export function useEntries(draftKey: string) {
  const [draft] = useState(() => keptDraft<Entries>(draftKey));
  const [entries, setEntries] = useState<Entries>(draft ?? noEntries);
  const keep = useCallback(
    (next: Entries) => {
      if (Object.keys(next.cells).length > 0) keepDraft(draftKey, next);
      else dropDraft(draftKey);
      return next;
    },
    [draftKey],
  );
  const change = useCallback(
    (changes: readonly CellChange[]) => setEntries((before) => keep(changes.reduce(changed, before))),
    [keep],
  );
  /** Forgets what was typed for these figures; for all of them, if none is named. */
  const forget = useCallback(
    (codes?: ReadonlySet<string>) =>
      setEntries((before) => {
        const isLeft = (key: string) => codes !== undefined && !codes.has(key.split('/')[0]!);
        const left = <Value>(record: Readonly<Record<string, Value>>) =>
          Object.fromEntries(Object.entries(record).filter(([key]) => isLeft(key)));
        return keep({ cells: left(before.cells), bases: left(before.bases) });
      }),
    [keep],
  );
  return { entries, change, forget, wasRestored: draft !== undefined };
}

function changed(entries: Entries, { row, column, text }: CellChange): Entries {
  const { key, figure } = row;
  // Who types a number does not say any more that there is none.
  const replaces = !['because', 'note'].includes(column) && text.trim() !== '' && !row.part;
  const because = replaces && cellOf(entries, row, 'because') !== '' ? { because: '' } : {};
  return {
    cells: { ...entries.cells, [key]: { ...entries.cells[key], ...because, [column]: text } },
    bases: { ...entries.bases, [figure.code]: entries.bases[figure.code] ?? figure.figure?.revision ?? 'none' },
  };
}
