import { useEffect, useRef, useState } from 'react';
import type { Summary } from '../api/types';

/** What the values were at the moment that was shown before, by the code of the indicator. */
export type ChangedValues = ReadonlyMap<string, string>;

const none: ChangedValues = new Map();

/** Milliseconds for which a change is marked. */
const marked = 6_000;

const momentOf = ({ asOf, atPosition }: Summary) => `${asOf ?? ''}/${atPosition ?? ''}`;
const sameBut = ({ plan, period, unit }: Summary) => [plan, period, unit.code].join('/');

/** The values that differ from those of the moment before, for as long as they are marked after the moment moved. */
export function useChangedValues(summary: Summary | undefined): ChangedValues {
  const before = useRef<Summary>(undefined);
  const [changed, setChanged] = useState(none);
  useEffect(() => {
    if (!summary) return undefined;
    const earlier = before.current;
    before.current = summary;
    if (!earlier || sameBut(earlier) !== sameBut(summary) || momentOf(earlier) === momentOf(summary)) return undefined;
    const values = new Map(earlier.indicators.map(({ code, value }) => [code, value.shown]));
    setChanged(
      new Map(
        summary.indicators
          .filter(({ code, value }) => values.has(code) && values.get(code) !== value.shown)
          .map(({ code }) => [code, values.get(code) ?? '—']),
      ),
    );
    const timer = setTimeout(() => setChanged(none), marked);
    return () => clearTimeout(timer);
  }, [summary]);
  return changed;
}
