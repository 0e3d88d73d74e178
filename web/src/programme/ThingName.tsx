import type { ReactNode } from 'react';
import type { ThingOf } from '../api/programme-calls';
import { ThingLink } from '../app/links';

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
      <ThingLink thing={thing}>
        <span className="code">{thing.id}</span>
        {name}
      </ThingLink>
      {children !== undefined && <small className="muted">{children}</small>}
    </th>
  );
}
