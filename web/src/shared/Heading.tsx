import type { ReactNode } from 'react';

interface Props {
  readonly id: string;
  readonly title: string;
  readonly children?: ReactNode;
}

export function Heading({ id, title, children }: Props) {
  return (
    <div className="heading">
      <h2 id={id}>{title}</h2>
      {children}
    </div>
  );
}
