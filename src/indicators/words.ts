import type { Frequency } from '../kernel/period.js';

/** How often figures are due, each with a period as it is written. */
export const frequencyWords: Readonly<Record<Frequency, string>> = {
  A: '年（2022）',
  S: '半年（2022-S1）',
  Q: '季（2022-Q3）',
  M: '月（2022-03）',
};
