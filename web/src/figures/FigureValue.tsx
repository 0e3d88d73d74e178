import { useRef, useState, type ReactNode } from 'react';
import { usePart } from '../shared/use-part';

/** A number of a reading page: of which indicator, unit and period, and how the page shows it. */
export interface ShownFigure {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly period: string;
  readonly shown: string;
  readonly unitOfMeasure?: string;
}

interface Props {
  readonly figure: ShownFigure;
  readonly className?: string;
  readonly title?: string;
  readonly children: ReactNode;
}

const fetchPanel = async () => (await import('./FigurePanel')).FigurePanel;

/** A number that opens the panel which says where it comes from. */
export function FigureValue({ figure, className = '', title, children }: Props) {
  const [Panel, load] = usePart(fetchPanel);
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`figure-value ${className}`}
        title={title}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => (isOpen ? setOpen(false) : load(() => setOpen(true)))}
      >
        {children}
      </button>
      {isOpen && Panel && <Panel figure={figure} number={button} onClose={() => setOpen(false)} />}
    </>
  );
}
