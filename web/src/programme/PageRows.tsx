import { memo, useEffect, useRef, useState, type ReactNode } from 'react';
import { usePrinting } from '../shared/use-printing';

/** Pixels beyond the window within which rows are kept. */
const near = 1_500;
/** Pixels of a row that was never shown. */
const usual = 56;

interface Props<Thing> {
  readonly items: readonly Thing[];
  readonly line: (thing: Thing) => ReactNode;
  /** Whether the rows are there from the beginning. */
  readonly isFirst: boolean;
}

function Rows<Thing>({ items, line, isFirst }: Props<Thing>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [height, setHeight] = useState(isFirst ? undefined : items.length * usual);
  const isPrinting = usePrinting();
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1)!;
        if (entry.isIntersecting) setHeight(undefined);
        // A focus within would be lost.
        else if (!entry.target.contains(document.activeElement)) setHeight(entry.boundingClientRect.height);
      },
      { rootMargin: `${near}px 0px` },
    );
    observer.observe(body.current!);
    return () => observer.disconnect();
  }, []);
  return (
    <tbody ref={body}>
      {height === undefined || isPrinting ? (
        items.map(line)
      ) : (
        <tr className="empty-place" aria-hidden="true">
          <td style={{ height }} />
        </tr>
      )}
    </tbody>
  );
}

/** The rows of a page; away from what is in sight, an empty place of their height. All rows are printed. */
export const PageRows = memo(Rows) as typeof Rows;
