import type { Decimal } from '../kernel/decimal.js';
import { grouped } from '../kernel/grouped.js';
import type { LoadState } from '../kernel/handling.js';
import { closing, endInYears, parsePeriod, yearBefore, type Period } from '../kernel/period.js';
import { indicatorSight, type DefinedIndicator, type IndicatorSight } from '../indicators/indicator-sight.js';
import { scaleOf } from '../indicators/scale-of.js';
import { unitsOf } from '../plans/plan.state.js';
import { unitsIn } from '../plans/units-in-time.js';
import type { Asked, AskedCommand, Side } from '../slice/plausibility.js';
import type { Place } from '../slice/folder-part.js';
import {
  ApproveMeasurement,
  CorrectMeasurement,
  DeclareMissing,
  MeasureIndicator,
  ReturnMeasurement,
  WithdrawMeasurement,
} from './figure.commands.js';
import { figureDecider } from './figure.decider.js';
import { figureStream, type FigureId, type Part, type Reported } from './figure.events.js';
import { exactOf } from './reported.js';

export type AskedReport = AskedCommand<MeasureIndicator> | AskedCommand<CorrectMeasurement>;

/** A figure as it stands after the folder. */
export interface Figure {
  readonly code: string;
  readonly unit: string;
  readonly period: Period;
  readonly reported: Reported;
  readonly exact: Decimal;
  /** The row that brought it; absent where the plan had it before. */
  readonly asked?: AskedReport;
}

/** What a folder reports, and what it is compared with. */
export interface FigureSight extends IndicatorSight {
  readonly reports: readonly AskedReport[];
  readonly missing: readonly AskedCommand<DeclareMissing>[];
  readonly approvals: readonly AskedCommand<ApproveMeasurement>[];
  /** Steps after which a figure may be reported again. */
  readonly undone: readonly AskedCommand[];
  /** By code, then unit, in the order of the periods. */
  readonly figures: ReadonlyMap<string, ReadonlyMap<string, readonly Figure[]>>;
  readonly actorPlaces: ReadonlyMap<string, Place>;
}

export async function figureSight(asked: Asked, load: LoadState): Promise<FigureSight> {
  const steps = asked.commands.filter(isStep);
  const codes = new Set(steps.map(({ command }) => command.code));
  const sight = await indicatorSight(asked, load, codes);
  const standing = new Map<string, Figure>();
  for (const each of steps) applyStep(standing, each, sight);
  // Nobody can have reported anything of a plan that the folder itself brings.
  if (!sight.draft?.fresh) await addEarlier(standing, sight, asked.plan, load);
  return {
    ...sight,
    reports: steps.filter(isReport),
    missing: asked.of(DeclareMissing),
    approvals: asked.of(ApproveMeasurement),
    undone: [...asked.of(ReturnMeasurement), ...asked.of(WithdrawMeasurement)],
    figures: arranged(standing.values()),
    actorPlaces: asked.actorPlaces,
  };
}

type AskedStep = AskedReport | AskedCommand<ReturnMeasurement> | AskedCommand<WithdrawMeasurement>;

const steps = [MeasureIndicator, CorrectMeasurement, ReturnMeasurement, WithdrawMeasurement];
const isStep = (asked: AskedCommand): asked is AskedStep => steps.some((type) => asked.command instanceof type);
export const isReport = (asked: AskedCommand): asked is AskedReport =>
  asked.command instanceof MeasureIndicator || asked.command instanceof CorrectMeasurement;

export const figureKey = ({ code, unit, period }: Omit<FigureId, 'plan'>) => `${code}/${unit}/${period}`;

function applyStep(standing: Map<string, Figure>, asked: AskedStep, sight: IndicatorSight): void {
  const key = figureKey(asked.command);
  const indicator = sight.states.get(asked.command.code);
  if (!isReport(asked)) standing.delete(key);
  else if (indicator) standing.set(key, figureOf(asked.command, reportedOf(asked.command), indicator, asked));
}

/** What a command reports that was decided; its parts are in the order in which they were entered. */
export function reportedOf({ value, numerator, denominator, parts }: MeasureIndicator | CorrectMeasurement): Reported {
  const whole = value === undefined ? { numerator: numerator!, denominator: denominator! } : { value };
  return { ...whole, ...(parts && parts.length > 0 && { parts: parts as Part[] }) };
}

function figureOf(
  { code, unit, period }: Omit<FigureId, 'plan'>,
  reported: Reported,
  { definition }: DefinedIndicator,
  asked?: AskedReport,
): Figure {
  const exact = exactOf(reported, scaleOf(definition));
  return { code, unit, period: parsePeriod(period), reported, exact, ...(asked && { asked }) };
}

/** What the plan has already of what the folder is compared with: the base of each target, and the period before. */
async function addEarlier(
  standing: Map<string, Figure>,
  sight: IndicatorSight,
  plan: string,
  load: LoadState,
): Promise<void> {
  const wanted = new Map<string, FigureId>();
  const want = (code: string, unit: string, period: Period) => {
    const id = { plan, code, unit, period: period.text };
    if (!standing.has(figureKey(id))) wanted.set(figureKey(id), id);
  };
  for (const units of arranged(standing.values()).values()) {
    for (const [first] of units.values()) want(first!.code, first!.unit, yearBefore(first!.period));
  }
  for (const indicator of sight.states.values()) {
    const base = basePeriod(indicator, sight);
    if (!base) continue;
    for (const { unit } of indicator.targets.values()) {
      for (const part of withParts(unit, base, indicator, sight)) want(indicator.code, part, base);
    }
  }
  await Promise.all(
    [...wanted].map(async ([key, id]) => {
      const { latest, standing: how } = await load(figureDecider, figureStream(id));
      const indicator = sight.states.get(id.code);
      const counts = how === 'reported' || how === 'approved';
      if (latest && indicator && counts) standing.set(key, figureOf(id, latest.reported, indicator));
    }),
  );
}

/** The period of the indicator's own frequency in which its base is reported. */
export function basePeriod({ defined }: DefinedIndicator, { plan }: IndicatorSight): Period | undefined {
  return plan.drafted && closing(parsePeriod(plan.drafted.baseline), defined.frequency);
}

/** The units below a unit at the end of a period, without those that only lend figures for comparison. */
export const partsOf = (unit: string, period: Period, { plan }: IndicatorSight): readonly string[] =>
  unitsIn(unitsOf(plan), period).flatMap(({ code, parent, level }) =>
    parent === unit && level !== 'reference' ? [code] : [],
  );

export const isAddedUp = ({ definition: { aggregation } }: DefinedIndicator): boolean =>
  aggregation === 'sum' || aggregation === 'ratio-of-sums';

function withParts(unit: string, period: Period, indicator: DefinedIndicator, sight: IndicatorSight): string[] {
  if (!isAddedUp(indicator)) return [unit];
  return [unit, ...partsOf(unit, period, sight).flatMap((part) => withParts(part, period, indicator, sight))];
}

function arranged(figures: Iterable<Figure>): ReadonlyMap<string, ReadonlyMap<string, readonly Figure[]>> {
  const ordered = [...figures].sort((a, b) => endInYears(a.period) - endInYears(b.period));
  const byCode = grouped(ordered, ({ code }) => code);
  return new Map([...byCode].map(([code, all]) => [code, grouped(all, ({ unit }) => unit)]));
}

/** The row of the figure and the column of its value. */
export function figureSide({ code, unit, period, reported, asked }: Figure): Side {
  if (!asked) return { standing: `指标 ${code} 单位 ${unit} ${period.text} 的数据` };
  return { asked, field: 'value' in reported ? '数值' : '分子' };
}
