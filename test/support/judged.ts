import type { Cell } from '../../src/assessment/cell.js';
import { isMeasured, type Finding } from '../../src/assessment/measured.js';
import type { Overview } from '../../src/overview/overview.js';

/** What a cell says: the value as shown, the status, completion, progress, scheduled progress and score, and the outlook or verdict. */
export interface Said {
  readonly shown: string;
  readonly status: string;
  readonly completion?: number;
  readonly progress?: number;
  readonly scheduled?: number;
  readonly score?: number;
  readonly outcome?: string;
}

/** The expected numbers are compared to ten decimals. */
export const ten = (number: number | string) => Math.round(Number(number) * 1e10) / 1e10;

/** A limit, kept or missed: the completion rate is the share of the limit; a range has none. */
export const limit = (shown: string, status: string, share: number, outcome?: string): Said => ({
  ...{ shown, status, completion: ten(100 * share), score: ten(100 * Math.min(1, share)) },
  ...(outcome && { outcome }),
});

/** A target to reach: X / T, P and S as shares; the score is 60 + 40 · P / S, at most 100. */
export const reach = (shown: string, status: string, [x, p, s]: [number, number, number], outcome?: string): Said => ({
  ...{ shown, status, completion: ten(100 * x), progress: ten(100 * p), scheduled: ten(100 * s) },
  ...{ score: ten(Math.min(100, 60 + (40 * p) / s)), ...(outcome && { outcome }) },
});

export const shownOf = (value: Finding) => (isMeasured(value) ? value.shown : (value.because ?? value.absent));

export function cellOf({ indicators }: Overview, code: string, unit = 'IS'): Cell {
  return indicators.find((row) => row.code === code)!.cells.find((cell) => cell.unit === unit)!;
}

function said({ value, assessment }: Cell, withOutcome: boolean): Said {
  const { status, completionRate, progress, scheduled, score, verdict, outlook } = assessment;
  const outcome = verdict ?? outlook;
  return {
    ...{ shown: shownOf(value), status },
    ...(completionRate && { completion: ten(completionRate) }),
    ...(progress && { progress: ten(progress) }),
    ...(scheduled && { scheduled: ten(scheduled) }),
    ...(score && { score: ten(score) }),
    ...(withOutcome && outcome && { outcome }),
  };
}

/** All indicators that apply to a unit say exactly what is expected; the others do not apply. */
export function expectUnit(overview: Overview, unit: string, expected: Readonly<Record<string, Said>>): void {
  const apply = overview.indicators
    .filter(({ code }) => cellOf(overview, code, unit).assessment.status !== 'not-applicable')
    .map(({ code }) => [code, said(cellOf(overview, code, unit), expected[code]?.outcome !== undefined)]);
  expect(Object.fromEntries(apply)).toEqual(expected);
}

export function expectIndex(
  { indexes }: Overview,
  unit: string,
  value: number,
  coverage = 100,
  vetoed: string[] = [],
): void {
  const { index } = indexes.find((each) => each.unit === unit)!;
  expect([ten(index.value!), ten(index.coverage), index.vetoed]).toEqual([ten(value), ten(coverage), vetoed]);
}

/** Value and share, or value and components, of each part of the first breakdown. */
export const partsOf = ({ value }: Cell) =>
  isMeasured(value) &&
  value.breakdowns![0]!.parts!.map(({ code, shown, share, components }) =>
    [code, shown, share && ten(share), components && `${components.numerator}/${components.denominator}`].filter(
      Boolean,
    ),
  );
