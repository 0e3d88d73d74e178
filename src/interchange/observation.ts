import { inUse, type Entered, type FigureDocument } from '../figures/figure.projection.js';
import type { Part, Reported } from '../figures/figure.events.js';
import { shownOf } from '../figures/reported.js';
import { isRule } from '../indicators/formula.js';
import { currentDefinition, type IndicatorDocument, type TargetEntry } from '../indicators/indicator.projection.js';
import type { Definition } from '../indicators/indicator.events.js';
import { scaleOf } from '../indicators/scale-of.js';
import { isRange } from '../kernel/target-value.js';

/**
 * What of an indicator, unit and period an observation gives: the value; the components of a ratio; the target; the value
 * that is computed from the units below or by a formula.
 */
export const measures = ['VALUE', 'NUMERATOR', 'DENOMINATOR', 'TARGET', 'DERIVED'] as const;
export type MeasureKind = (typeof measures)[number];

/** Codes of the SDMX code list CL_OBS_STATUS. */
export type ObsStatus = 'A' | 'P' | 'E' | 'M' | 'L' | 'O';

/** The breakdown of a whole, by the convention of SDMX for totals. */
export const whole = '_T';

/** One number of a plan, or that there is none. Numbers are decimal text. */
export interface Observation {
  readonly indicator: string;
  readonly area: string;
  readonly period: string;
  readonly measure: MeasureKind;
  /** `_T`, or breakdown and part: `sex.f`. */
  readonly breakdown: string;
  /** Absent where it is declared missing, and where a target is no single number. */
  readonly value?: string;
  readonly status: ObsStatus;
  readonly unitOfMeasure: string;
  readonly decimals: number;
  readonly missing?: string;
  /** `ratio`: from numerator and denominator; `units`, `formula`. Absent of what was entered. */
  readonly computed?: 'ratio' | 'units' | 'formula' | 'common';
  /** Text of a target that is no single number: `5..6`, `>7`, `=1.3*value("04")`. */
  readonly target?: string;
  readonly definitionVersion: number;
  readonly demo: boolean;
}

export const keyOf = ({ indicator, area, period, measure, breakdown }: Observation): string =>
  [indicator, area, period, measure, breakdown].join('/');

/** Why there is no value, as CL_OBS_STATUS has it: it cannot exist, was not collected, or is missing otherwise. */
const missingStatus = {
  'not-applicable': 'M',
  'not-collected': 'L',
  'not-due': 'O',
  'under-verification': 'O',
} as const;

/** What a figure says under its indicator; nothing where no value counts and none is declared missing. */
export function ofFigure(indicator: IndicatorDocument, figure: FigureDocument): Observation[] {
  const used = inUse(figure);
  const { definition, version } = definitionOf(indicator, used?.definitionVersion);
  const about = { indicator: figure.code, area: figure.unit, period: figure.period, decimals: indicator.decimals };
  if (used) return ofValue({ ...about, definitionVersion: version }, definition, figure, used);
  if (figure.standing !== 'missing') return [];
  return [
    {
      ...about,
      ...{ measure: 'VALUE', breakdown: whole, status: missingStatus[figure.because!] },
      ...{ unitOfMeasure: definition.unitOfMeasure, missing: figure.because!, definitionVersion: version },
      demo: figure.demo,
    },
  ];
}

type About = Pick<Observation, 'indicator' | 'area' | 'period' | 'decimals' | 'definitionVersion'>;

function ofValue(about: About, definition: Definition, { approved }: FigureDocument, used: Entered): Observation[] {
  const status = approved?.eventId === used.eventId ? 'A' : 'P';
  const shared = { ...about, status, demo: used.demo } as const;
  const { parts = [], ...total } = used.reported;
  return [{ ...total, breakdown: whole }, ...parts.map(partOf)].flatMap((each) =>
    numbersOf(each, definition, about.decimals).map((number) => ({
      ...shared,
      ...number,
      breakdown: each.breakdown,
    })),
  );
}

const partOf = ({ breakdown, part, ...number }: Part) => ({ ...number, breakdown: `${breakdown}.${part}` });

type Number = Pick<Observation, 'measure' | 'value' | 'unitOfMeasure' | 'computed'>;

/** The digits as they were entered; of a ratio its components, and the quotient as it is shown. */
function numbersOf(reported: Reported, definition: Definition, decimals: number): Number[] {
  const { unitOfMeasure, measurement } = definition;
  const value = shownOf(reported, scaleOf(definition), decimals);
  if ('value' in reported) return [{ measure: 'VALUE', value, unitOfMeasure }];
  const unitOf = (of: 'numerator' | 'denominator') =>
    measurement.type === 'ratio' ? measurement[of].unit : unitOfMeasure;
  return [
    { measure: 'VALUE', value, unitOfMeasure, computed: 'ratio' },
    { measure: 'NUMERATOR', value: reported.numerator, unitOfMeasure: unitOf('numerator') },
    { measure: 'DENOMINATOR', value: reported.denominator, unitOfMeasure: unitOf('denominator') },
  ];
}

/** The targets of an indicator, each of the unit for which it is set. */
export const ofTargets = (indicator: IndicatorDocument): Observation[] =>
  indicator.targets.map((entry) => ofTarget(indicator, entry));

function ofTarget(indicator: IndicatorDocument, target: TargetEntry): Observation {
  const { definition, version } = definitionOf(indicator, target.definitionVersion);
  const isNumber = !isRule(target.value) && !isRange(target.value) && !/^[<>]/.test(target.value);
  return {
    ...{ indicator: indicator.code, area: target.unit, period: target.period, measure: 'TARGET', breakdown: whole },
    ...(isNumber ? { value: target.value } : { target: target.value }),
    ...{ status: 'A', unitOfMeasure: definition.unitOfMeasure, decimals: indicator.decimals },
    ...{ definitionVersion: version, demo: target.demo },
  };
}

/** The definition under which something was entered; what says nothing is of the first one. */
function definitionOf(indicator: IndicatorDocument, version: number | undefined) {
  const found = indicator.definitions.find((each) => each.version === version);
  return found ?? (version === undefined ? indicator.definitions[0]! : currentDefinition(indicator));
}
