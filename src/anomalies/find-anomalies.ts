import { setImmediate } from 'node:timers/promises';
import { enteredText, shownOf } from '../figures/reported.js';
import { inUse, type FigureDocument } from '../figures/figure.projection.js';
import type { ViewSource } from '../figures/view-source.js';
import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { scaleOf } from '../indicators/scale-of.js';
import { grouped } from '../kernel/grouped.js';
import { parsePeriod, type Period } from '../kernel/period.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { unitsIn } from '../plans/units-in-time.js';
import type { Oddity } from '../quality/mark.js';
import { exactUnder } from '../quality/quality-context.js';
import { jumps, outOfLine } from './changes.js';
import type { MarkExplanation } from './explanation.projection.js';
import { digitTest, lastDigits, type DigitTest } from './digits.js';
import { changesOf, stretchesOf, type Change, type Observed, type Watched } from './observed.js';
import { copied, tooSmooth } from './repetition.js';
import { held } from './statistics.js';
import { mayExplain, type AnomalyKind } from './words.js';

/** The figure that a mark is on. */
export interface MarkedFigure {
  readonly code: string;
  readonly name: string;
  readonly period: string;
  /** The value in use, with the decimals of its definition. */
  readonly shown: string;
  /** As it was entered: `48`, or `48 ÷ 100`. */
  readonly entered: string;
  readonly unitOfMeasure: string;
}

/** 数据异常提示: something that is out of the ordinary. It is to be explained, and says of nobody that they did wrong. */
export interface Anomaly extends Oddity {
  readonly kind: AnomalyKind;
  readonly unit: string;
  /** Absent where the mark is on all numbers of the unit. */
  readonly figure?: MarkedFigure;
  /** Of `rule`: which one. */
  readonly rule?: string;
  /** What would explain it without a mistake. */
  readonly mayExplain: string;
  /** The probability that chance alone does as much, where the mark rests on one. */
  readonly p?: string;
  /** What was said when the value in use was entered: the explanation of the rule’s mark, otherwise the reason and all. */
  readonly explanation?: string;
  /** What the unit said of this mark of the value as it is now, and how a reviewer judged it. */
  readonly explained?: MarkExplanation;
  /** Whether the value in use was approved, and so what was said of it; absent where the mark is on all numbers of the unit. */
  readonly approved?: boolean;
  readonly demo: boolean;
}

/** What was looked at. */
export interface Found {
  readonly anomalies: readonly Anomaly[];
  readonly figures: number;
  /** Tests with a p-value, and how many of them are held at the false discovery rate. */
  readonly tests: { readonly count: number; readonly held: number };
}

/** A figure with its value in use, as the checks read it. */
interface Entry {
  readonly figure: FigureDocument;
  readonly observed: Observed;
}

/**
 * The marks over all figures of a plan, but for those that need the state of an evaluation. Other requests have their turn
 * between two indicators.
 */
export async function findAnomalies(
  source: ViewSource,
  plan: PlanDocument,
  isAsked: (unit: string) => boolean,
): Promise<Found> {
  const anomalies: Anomaly[] = [];
  const digits = new Map<string, { numbers: number[]; demo: boolean }>();
  let figures = 0;
  for (const indicator of source.indicators.values()) {
    const entries = (await source.ofIndicator(indicator.code)).flatMap((figure) => entryOf(indicator, figure) ?? []);
    figures += entries.length;
    anomalies.push(...valueMarks(indicator, entries, plan), ...(await ruleMarks(source, indicator, entries, isAsked)));
    for (const { unit, stretches, demo } of byUnit(indicator, entries)) {
      const known = digits.get(unit) ?? { numbers: [], demo: false };
      known.numbers.push(...lastDigits(stretches, watchedOf(indicator)));
      digits.set(unit, { ...known, demo: known.demo || demo });
    }
    await setImmediate();
  }
  const tested = [...digits].flatMap(([unit, { numbers, demo }]) => {
    const test = digitTest(numbers);
    return test ? [{ unit, demo, test }] : [];
  });
  const isHeld = held(tested.map(({ test }) => test.p));
  const marked = tested.filter(({ test }, at) => test.significant && isHeld[at]);
  anomalies.push(...marked.map(digitMark));
  return {
    anomalies: anomalies.filter(({ unit }) => isAsked(unit)),
    figures,
    tests: { count: tested.length, held: isHeld.filter(Boolean).length },
  };
}

function entryOf(indicator: IndicatorDocument, figure: FigureDocument): Entry | undefined {
  const used = inUse(figure);
  if (!used) return undefined;
  const { reported, definitionVersion } = used;
  // The definition may have become known after the moment that is read.
  const { definition } =
    indicator.definitions.find(({ version }) => version === definitionVersion) ?? currentDefinition(indicator);
  const exact = exactUnder(definition, reported);
  const { unit, period } = figure;
  return { figure, observed: { unit, period: parsePeriod(period), reported, exact, definitionVersion } };
}

export function watchedOf(indicator: IndicatorDocument): Watched {
  const { code, kind, decimals, definitions } = indicator;
  const { definition } = currentDefinition(indicator);
  return {
    ...{ code, kind, decimals, unitOfMeasure: definition.unitOfMeasure },
    addsUp: definition.aggregation === 'sum',
    comparable: (earlier, later) =>
      definitions.every(({ version, comparable }) => version <= earlier || version > later || comparable),
  };
}

function byUnit(indicator: IndicatorDocument, entries: readonly Entry[]) {
  const watched = watchedOf(indicator);
  const units = grouped(entries, ({ observed }) => observed.unit);
  return [...units].map(([unit, own]) => ({
    unit,
    stretches: stretchesOf(
      own.map(({ observed }) => observed),
      watched,
    ),
    demo: own.some(({ figure }) => inUse(figure)!.demo),
  }));
}

/** Marks that rest on the values of one indicator alone. */
function valueMarks(indicator: IndicatorDocument, entries: readonly Entry[], plan: PlanDocument): Anomaly[] {
  const watched = watchedOf(indicator);
  const figureOf = ({ unit, period }: Observed) =>
    entries.find(({ figure }) => figure.unit === unit && figure.period === period.text)!.figure;
  const mark = (kind: AnomalyKind, value: Observed, odd: Oddity) => anomalyOn(indicator, figureOf(value), kind, odd);
  const all: Change[] = [];
  const own = byUnit(indicator, entries).flatMap(({ stretches }) => {
    const changes = changesOf(stretches, watched);
    all.push(...changes);
    return [
      ...jumps(changes, watched).map((odd) => mark('jump', odd.change.now, odd)),
      ...stretches.flatMap((each) => copied(each, watched).map((odd) => mark('copied', odd.value, odd))),
      ...stretches.flatMap((each) => tooSmooth(each, watched).map((odd) => mark('too-smooth', odd.value, odd))),
    ];
  });
  const neighbours = grouped(all, ({ now }) => `${now.period.text}/${upperOf(plan, now.unit, now.period)}`);
  const among = [...neighbours.values()].flatMap((changes) =>
    outOfLine(changes, watched).map((odd) => mark('out-of-line', odd.change.now, odd)),
  );
  return [...own, ...among];
}

const upperOf = (plan: PlanDocument, unit: string, period: Period): string =>
  unitsIn(plan, period).find(({ code }) => code === unit)?.parent ?? '';

async function ruleMarks(
  source: ViewSource,
  indicator: IndicatorDocument,
  entries: readonly Entry[],
  isAsked: (unit: string) => boolean,
): Promise<Anomaly[]> {
  const found: Anomaly[] = [];
  for (const { figure } of entries) {
    if (!isAsked(figure.unit)) continue;
    const used = inUse(figure)!;
    for (const { rule, message, numbers, explanation } of await source.marksOf(figure, used.reported, used)) {
      const { explanation: _, ...odd } = anomalyOn(indicator, figure, 'rule', { message, numbers });
      found.push({ ...odd, rule, ...(explanation !== undefined && { explanation }) });
    }
  }
  return found;
}

export function anomalyOn(
  indicator: IndicatorDocument,
  figure: FigureDocument,
  kind: AnomalyKind,
  { message, numbers }: Oddity,
): Anomaly {
  const { code, name, decimals } = indicator;
  const { definition } = currentDefinition(indicator);
  const { reported, demo, reason, explanations = [] } = inUse(figure)!;
  const said = [...(reason === undefined ? [] : [reason]), ...explanations.map(({ text }) => text)];
  return {
    ...{ kind, unit: figure.unit, message, numbers, mayExplain: mayExplain[kind], demo },
    ...(said.length > 0 && { explanation: said.join('；') }),
    approved: figure.approved !== undefined,
    figure: {
      ...{ code, name, period: figure.period },
      ...{
        shown: shownOf(reported, scaleOf(definition), decimals),
        entered: enteredText(reported),
        unitOfMeasure: definition.unitOfMeasure,
      },
    },
  };
}

interface Tested {
  readonly unit: string;
  readonly demo: boolean;
  readonly test: DigitTest;
}

const digitMark = ({ unit, demo, test: { message, numbers, p } }: Tested): Anomaly => ({
  ...{ kind: 'digit-preference', unit, message, numbers, mayExplain: mayExplain['digit-preference'] },
  ...{ p: p.toSignificantDigits(2).toString(), demo },
});
