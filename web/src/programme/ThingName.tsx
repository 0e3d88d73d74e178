import type { ReactNode } from 'react';
import type { ThingOf } from '../api/programme-calls';
import { openThing } from './things';

interface Props {
  readonly thing: ThingOf;
  readonly name: string;
  /** What belongs to it, in small below. */
  readonly children?: ReactNode;
}

/** Heads a line, and opens what the line is about. */
export function ThingName({ thing, name, children }: Props) {
  return (
    <th scope="row" className="thing-name">
      <button type="button" className="link" onClick={() => openThing(thing)}>
        <span className="code">{thing.id}</span>
        {name}
      </button>
      {children !== undefined && <small className="muted">{children}</small>}
    </th>
  );
}
