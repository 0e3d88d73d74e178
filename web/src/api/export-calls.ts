import type { Moment } from './queries';

/** Of when an export is: a moment, or that of a snapshot, `midterm-2022/1`. */
export type ExportedMoment = Moment | { readonly snapshot: string };

/** The addresses of a plan in the forms in which other systems read data. */
export function exportAddress(
  plan: string,
  format: 'sdmx-csv' | 'data-package',
  moment: ExportedMoment,
  more: Readonly<Record<string, string>> = {},
): string {
  const own = 'snapshot' in moment ? { snapshot: moment.snapshot } : momentOf(moment);
  const query = new URLSearchParams({ ...own, ...more }).toString();
  return `/api/plans/${encodeURIComponent(plan)}/interchange/${format}${query && `?${query}`}`;
}

const momentOf = ({ asOf, atPosition }: Moment) => ({ ...(asOf && { asOf }), ...(atPosition && { atPosition }) });
