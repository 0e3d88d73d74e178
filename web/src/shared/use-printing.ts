import { useSyncExternalStore } from 'react';

const printing = window.matchMedia('print');
const whilePrinting = (listener: () => void) => {
  printing.addEventListener('change', listener);
  return () => printing.removeEventListener('change', listener);
};

/** Whether the page is being printed: what is drawn only in part on the screen is then drawn as a whole. */
export const usePrinting = (): boolean => useSyncExternalStore(whilePrinting, () => printing.matches);
