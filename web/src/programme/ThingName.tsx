import type { ReactNode } from 'react';
import type { ThingOf } from '../api/programme-calls';
import { openThing } from './things';

interface Props {
  readonly thing: ThingOf;
  readonly name: string;
  /** Small text below the name. */
  readonly children?: ReactNode;
}

/** Row heading that opens the item's detail. */
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
