/** The months of a plan as steps of a slider: step k is the end of the k-th month, the last step is today. */
export interface Timeline {
  readonly first: string;
  readonly steps: number;
  readonly today: string;
}

export function timelineOf(startYear: number, today: string): Timeline {
  const [year = startYear, month = 1] = today.split('-').map(Number);
  return { first: `${startYear}-01`, steps: Math.max(1, (year - startYear) * 12 + month - 1), today };
}

/** The date of a step; undefined for the last step, which is today. */
export function dateOfStep({ first, steps }: Timeline, step: number): string | undefined {
  if (step >= steps) return undefined;
  const startYear = Number(first.slice(0, 4));
  const end = new Date(Date.UTC(startYear, step + 1, 0));
  return end.toISOString().slice(0, 10);
}

export function stepOfDate({ first, steps, today }: Timeline, date: string | undefined): number {
  if (date === undefined || date >= today) return steps;
  const [year = 0, month = 1] = date.split('-').map(Number);
  const step = (year - Number(first.slice(0, 4))) * 12 + month - 1;
  return Math.min(Math.max(step, 0), steps);
}
