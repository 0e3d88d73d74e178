import { useEffect, useRef, type ReactNode } from 'react';

/** Of the element that holds the page. */
export const contentId = 'content';

/** The name of the page. Where the page was opened by a link but came later, the focus waits at the content for it. */
export function PageTitle({ children }: { readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement?.id === contentId) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
