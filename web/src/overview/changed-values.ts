import { useEffect, useRef, useState } from 'react';
import type { Summary } from '../api/types';

/** What the values were at the moment that was shown before, by the code of the indicator. */
export type ChangedValues = ReadonlyMap<string, string>;

const none: ChangedValues = new Map();

interface Marked {
  /** Of what: the values of another unit or moment are not these. */
  readonly of: string;
  readonly values: ChangedValues;
}

/** Milliseconds for which a change is marked. */
const marked = 6_000;

const momentOf = ({ asOf, atPosition }: Summary) => `${asOf ?? ''}/${atPosition ?? ''}`;
const shownIn = (summary: Summary) => `${sameBut(summary)} ${momentOf(summary)}`;
const sameBut = ({ plan, period, unit }: Summary) => [plan, period, unit.code].join('/');

/** The values that differ from those of the moment before, for as long as they are marked after the moment moved. */
export function useChangedValues(summary: Summary | undefined): ChangedValues {
  const before = useRef<Summary>(undefined);
  const [changed, setChanged] = useState<Marked>();
  useEffect(() => {
    if (!summary) return undefined;
    const earlier = before.current;
    before.current = summary;
    if (!earlier || sameBut(earlier) !== sameBut(summary) || momentOf(earlier) === momentOf(summary)) return undefined;
    const values = new Map(earlier.indicators.map(({ code, value }) => [code, value.shown]));
    const changes = new Map(
      summary.indicators
        .filter(({ code, value }) => values.has(code) && values.get(code) !== value.shown)
        .map(({ code }): [string, string] => [code, values.get(code) ?? '—']),
    );
    setChanged({ of: shownIn(summary), values: changes });
    const timer = setTimeout(() => setChanged(undefined), marked);
    return () => clearTimeout(timer);
  }, [summary]);
  return summary && changed?.of === shownIn(summary) ? changed.values : none;
}
