import type { ReactNode } from 'react';

interface Props {
  readonly id: string;
  readonly title: string;
  readonly english: string;
  readonly children?: ReactNode;
}

export function Heading({ id, title, english, children }: Props) {
  return (
    <div className="heading">
      <h2 id={id}>
        {title} <span lang="en">{english}</span>
      </h2>
      {children}
    </div>
  );
}
