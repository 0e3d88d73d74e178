import type { Assessment } from '../assessment/assessment.js';
import { Decimal, text } from '../assessment/decimals.js';
import { isMeasured, type Finding, type Measured, type Unmeasured } from '../assessment/measured.js';
import { askedValue, type CellTarget } from '../assessment/rule-targets.js';
import type { Translations } from '../kernel/language.js';
import type { CellNow, IndicatorRowNow, Later } from '../overview/overview-later.js';
import type { IndexedPlan } from '../overview/overview.js';

/** A value in short: as it is shown, or why there is none. */
export interface FindingDigest {
  /** Absent if there is no value; `absent` then says why. */
  readonly shown?: string;
  readonly source?: Measured['source'];
  readonly approved?: boolean;
  readonly corrections?: number;
  readonly pending?: string;
  readonly sentBack?: string;
  readonly disagreement?: Measured['disagreement'];
  readonly comparable?: false;
  readonly absent?: Unmeasured['absent'];
  readonly because?: string;
  readonly note?: string;
  /** Codes of the units below whose values are missing. */
  readonly lacking?: readonly string[];
  /** The aggregate of the units below that have a value. */
  readonly partial?: string;
  readonly demo: boolean;
}

export interface TargetDigest {
  readonly period: string;
  /** What is asked for; absent if it is a rule whose value cannot be computed. */
  readonly shown?: string;
  /** The text of a rule target. */
  readonly rule?: string;
  /** The target before it was revised. */
  readonly original?: string;
  readonly demo: boolean;
}

/** What a reader has to know of a cell besides its numbers. */
export type CellFlag =
  | 'no-data'
  | 'incomparable'
  | 'no-target'
  | 'disagreement'
  | 'pending'
  | 'sent-back'
  | 'corrected'
  | 'changed-later'
  | 'behind-but-reachable'
  | 'ahead-but-needs-effort';

/** One indicator at one unit in short. */
export interface CellDigest {
  readonly unit: string;
  readonly base: FindingDigest;
  readonly value: FindingDigest;
  readonly targets: readonly TargetDigest[];
  readonly assessment: Assessment;
  /** Needed pace ÷ observed pace, where both go the same way: 1.6 means 1.6 times as fast as so far. */
  readonly speedUp?: string;
  readonly later?: Later;
  readonly flags: readonly CellFlag[];
}

/** What a year of the plan had, and what the trajectory required by its end. */
export interface PathPoint {
  readonly period: string;
  readonly shown?: string;
  readonly required?: string;
  /** In place of `required`: the range in which the value has to be. */
  readonly range?: { readonly lower: string; readonly upper: string };
  readonly light: Assessment['light'];
}

/** An indicator as it is named and measured. */
export interface IndicatorHead {
  readonly code: string;
  readonly name: string;
  readonly translations?: Translations;
  readonly area?: string;
  readonly attribute: IndicatorRowNow['attribute'];
  readonly kind: IndicatorRowNow['kind'];
  readonly direction: IndicatorRowNow['direction'];
  readonly frequency: IndicatorRowNow['frequency'];
  readonly weight: string;
  readonly unitOfMeasure: string;
  readonly decimals: number;
  /** The period of the indicator's frequency that ends with the asked one. */
  readonly period: string;
}

export interface IndicatorDigest extends IndicatorHead, CellDigest {
  /** The years of the plan that have begun. */
  readonly path: readonly PathPoint[];
}

export const headOf = (row: IndicatorRowNow): IndicatorHead => {
  const { code, name, translations, area, attribute, kind, direction, frequency, weight, decimals, period } = row;
  return {
    ...{
      code,
      name,
      ...(translations && { translations }),
      ...(area !== undefined && { area }),
      attribute,
      kind,
      direction,
      frequency,
      weight,
    },
    ...{ unitOfMeasure: row.definition.unitOfMeasure, decimals, period },
  };
};

/** The indicators of one unit, with what each year of the plan had. */
export const indicatorsOf = (
  rows: readonly IndicatorRowNow[],
  unit: string,
  years: readonly IndexedPlan[],
): IndicatorDigest[] =>
  rows.flatMap((row) => {
    const cell = row.cells.find((each) => each.unit === unit);
    return cell ? [{ ...headOf(row), ...cellDigest(cell), path: pathOf(row.code, unit, years) }] : [];
  });

function pathOf(code: string, unit: string, years: readonly IndexedPlan[]): PathPoint[] {
  return years.flatMap(({ period, indicators }): PathPoint[] => {
    const cell = indicators.find((row) => row.code === code)?.cells.find((each) => each.unit === unit);
    if (!cell) return [];
    const { requiredNow, range, light } = cell.assessment;
    return [
      {
        period,
        ...(isMeasured(cell.value) && { shown: cell.value.shown }),
        ...(requiredNow !== undefined && { required: requiredNow }),
        ...(range && { range: { lower: range.lower, upper: range.upper } }),
        light,
      },
    ];
  });
}

export function cellDigest({ unit, base, value, targets, assessment, later }: CellNow): CellDigest {
  const speedUp = speedUpOf(assessment);
  const digest = {
    ...{ unit, base: findingDigest(base), value: findingDigest(value), targets: targets.map(targetDigest), assessment },
    ...(speedUp !== undefined && { speedUp }),
    ...(later && { later }),
  };
  return { ...digest, flags: flagsOf(digest) };
}

export function findingDigest(finding: Finding): FindingDigest {
  if (isMeasured(finding)) {
    const { shown, source, approved, corrections, pending, sentBack, disagreement, comparable, demo } = finding;
    return {
      ...{ shown, source, approved, corrections },
      ...(pending !== undefined && { pending }),
      ...(sentBack !== undefined && { sentBack }),
      ...(disagreement && { disagreement }),
      ...(!comparable && { comparable: false as const }),
      demo,
    };
  }
  const { absent, because, note, lacking, partial, demo } = finding;
  return {
    absent,
    ...(because !== undefined && { because }),
    ...(note !== undefined && { note }),
    ...(lacking && { lacking }),
    ...(partial && { partial: partial.shown }),
    demo,
  };
}

function targetDigest(target: CellTarget): TargetDigest {
  const asked = target.rule?.shown ?? askedValue(target);
  return {
    period: target.period,
    ...(asked !== undefined && { shown: asked }),
    ...(target.rule && { rule: target.value }),
    ...(target.original !== undefined && { original: target.original }),
    demo: target.demo || (target.rule?.demo ?? false),
  };
}

function speedUpOf({ pace }: Assessment): string | undefined {
  if (pace?.needed === undefined) return undefined;
  const [needed, observed] = [new Decimal(pace.needed), new Decimal(pace.observed)];
  if (observed.isZero() || needed.isZero() || needed.isNegative() !== observed.isNegative()) return undefined;
  return text(needed.div(observed).toDecimalPlaces(2));
}

function flagsOf({ value, assessment, later }: Omit<CellDigest, 'flags'>): CellFlag[] {
  const { status, light, missing, outlook } = assessment;
  const holds: Readonly<Record<CellFlag, boolean>> = {
    'no-data': status === 'no-data' && value.shown === undefined,
    incomparable: status === 'incomparable',
    'no-target': missing === 'target',
    disagreement: value.disagreement !== undefined,
    pending: value.pending !== undefined || (value.shown !== undefined && value.approved === false),
    'sent-back': value.sentBack !== undefined,
    corrected: (value.corrections ?? 0) > 0,
    'changed-later': later !== undefined,
    'behind-but-reachable': light === 'red' && outlook === 'reachable',
    'ahead-but-needs-effort': light === 'green' && (outlook === 'needs-effort' || outlook === 'hardly-reachable'),
  };
  return (Object.keys(holds) as CellFlag[]).filter((flag) => holds[flag]);
}
