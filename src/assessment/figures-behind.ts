import { above, type Unit } from '../plans/units-in-time.js';
import { isMeasured, type Finding, type FormulaInput } from './measured.js';

/** One indicator, one unit, one period. */
export interface FigureAt {
  readonly code: string;
  readonly unit: string;
  readonly period: string;
}

/** The units of a period. */
type UnitsOf = (period: string) => readonly Unit[];

/**
 * The figures that a value was made of, its own first: of the units below that were summed up, of the unit above whose
 * standard holds, of the inputs of a formula; and what those were made of in turn. Where no finding is at hand to tell
 * how a value was made, the figures of all units are taken that it may have been made of.
 */
export function figuresBehind(
  figure: FigureAt,
  findingOf: (figure: FigureAt) => Finding | undefined,
  unitsOf: UnitsOf,
): FigureAt[] {
  const found = new Map<string, FigureAt>();
  const add = (at: FigureAt): boolean => {
    const key = `${at.code}/${at.unit}/${at.period}`;
    const isNew = !found.has(key);
    found.set(key, at);
    return isNew;
  };
  const follow = (at: FigureAt, known?: readonly FormulaInput[]): void => {
    if (!add(at)) return;
    const { code, unit, period } = at;
    const finding = findingOf(at);
    if (!finding) {
      const units = unitsOf(period);
      for (const kin of [...above(units, unit), ...unitsBelow(units, unit)]) add({ code, unit: kin, period });
    } else if (isMeasured(finding) && finding.source === 'common') {
      for (const whole of above(unitsOf(period), unit)) add({ code, unit: whole, period });
    } else {
      for (const part of partsOf(finding)) follow({ code, unit: part, period });
    }
    for (const input of finding?.inputs ?? known ?? []) {
      follow({ code: input.code, unit, period: input.period }, input.inputs);
    }
  };
  follow(figure);
  return [...found.values()];
}

/** The units below whose figures were summed up, or would be if they were there. */
const partsOf = (finding: Finding): readonly string[] =>
  isMeasured(finding) ? (finding.parts ?? []) : [...(finding.partial?.parts ?? []), ...(finding.lacking ?? [])];

/** Of which units below or before it a value is made, with those that lack one; to compare two values of one unit. */
export const madeOf = (finding: Finding): string => {
  if (!isMeasured(finding) && finding.absent === 'other-borders') return finding.absent;
  return [...partsOf(finding)].sort().join();
};

const unitsBelow = (units: readonly Unit[], unit: string): string[] =>
  units.filter(({ parent }) => parent === unit).flatMap(({ code }) => [code, ...unitsBelow(units, code)]);
