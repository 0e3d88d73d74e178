import { setImmediate } from 'node:timers/promises';
import { assessOrFault } from '../assessment/assessment.js';
import { assessmentInput, type Cell } from '../assessment/cell.js';
import { Decimal, exactly, shownWith, text, zero } from '../assessment/decimals.js';
import { smallestFlip, type Flipping, type Stepped } from '../assessment/flipping.js';
import type { Light, Status } from '../assessment/judgement.js';
import { isMeasured, type Measured } from '../assessment/measured.js';
import { isWhole } from '../indicators/whole-components.js';
import { scaleOf } from '../indicators/scale-of.js';
import { closing, parsePeriod } from '../kernel/period.js';
import { isRange, numbersOf } from '../kernel/target-value.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import type { IndexedPlan } from '../overview/overview.js';

/** The smallest change on one side that gives another status. Numbers are decimal text. */
export interface Margin {
  /** How much the reported value, or the numerator, changes; with its sign. */
  readonly change: string;
  /** The reported value, or the numerator, that it becomes. */
  readonly becomes: string;
  /** The value of the indicator then, for display. */
  readonly shown: string;
  readonly status: Status;
  readonly light: Light;
}

/**
 * What is changed: the reported `value`, or the reported `numerator`. Nothing is where the value is `computed` from the
 * units below or by a formula, is the `common` standard of the unit above, or is that of the `base` period itself.
 */
export type MarginBasis = 'value' | 'numerator' | 'computed' | 'common' | 'base';

/** How far the status of one judged cell is from another one. Without `up` or `down` no value on that side gives one. */
export interface CellMargin {
  readonly indicator: string;
  readonly unit: string;
  readonly period: string;
  readonly shown: string;
  readonly status: Status;
  readonly light: Light;
  readonly basis: MarginBasis;
  /** The present value or numerator, and the step in which it changes. */
  readonly reported?: string;
  readonly step?: string;
  /** Of a numerator. */
  readonly denominator?: string;
  readonly up?: Margin;
  readonly down?: Margin;
}

/**
 * The margins of the judged cells of a plan, of all units or of one. Each takes some sixty judgements: other requests have
 * their turn between two indicators.
 */
export async function marginsOf(plan: IndexedPlan, unit?: string): Promise<CellMargin[]> {
  const margins: CellMargin[] = [];
  for (const row of plan.indicators) {
    for (const cell of row.cells) {
      if ((unit !== undefined && cell.unit !== unit) || !isMeasured(cell.value) || !isJudged(cell)) continue;
      margins.push(marginOf(plan, row, cell, cell.value));
    }
    await setImmediate();
  }
  return margins;
}

const unjudged: readonly Status[] = ['no-data', 'incomparable', 'not-applicable'];
const isJudged = ({ assessment }: Cell): boolean => !unjudged.includes(assessment.status);

function marginOf(plan: IndexedPlan, row: IndicatorRow, cell: Cell, value: Measured): CellMargin {
  const { status, light } = cell.assessment;
  const told = { indicator: row.code, unit: cell.unit, period: row.period, shown: value.shown, status, light };
  const basis = basisOf(plan, row, value);
  if (basis !== 'value' && basis !== 'numerator') return { ...told, basis };
  const stepped = steppedOf(plan, row, cell, value);
  const { rules } = plan.rules;
  const side = (sign: 1 | -1) => {
    const flipping = smallestFlip(stepped, sign, rules);
    return flipping && marginTo(stepped, flipping, sign);
  };
  const marginTo = ({ step, input }: Stepped, { steps, quantity }: Flipping, sign: 1 | -1): Margin => {
    const { status: other, light: then } = assessOrFault(input(quantity), rules);
    const change = step.times(String(steps)).times(sign).toFixed();
    const shown = basis === 'value' ? quantity.toFixed() : shownWith(row.decimals, ratioOf(row, value, quantity));
    return { change: sign > 0 ? `+${change}` : change, becomes: quantity.toFixed(), shown, status: other, light: then };
  };
  const [up, down] = [side(1), side(-1)];
  return {
    ...{ ...told, basis, reported: stepped.at.toFixed(), step: stepped.step.toFixed() },
    ...(basis === 'numerator' && { denominator: value.components!.denominator }),
    ...(up && { up }),
    ...(down && { down }),
  };
}

function basisOf({ plan }: IndexedPlan, row: IndicatorRow, { source, parts, measurement }: Measured): MarginBasis {
  if (source === 'common') return 'common';
  if (row.period === closing(parsePeriod(plan.baseline), row.frequency)?.text) return 'base';
  // A report that agrees with the units below is used only as long as it does.
  if (source === 'computed' || parts !== undefined || !measurement) return 'computed';
  return 'numerator' in measurement.reported ? 'numerator' : 'value';
}

/** Fields take up to 15 digits before the point. */
const greatestEntered = new Decimal('999999999999999');

/** The reported value, or the numerator over the reported denominator, within the bounds of the definition. */
function steppedOf({ plan }: IndexedPlan, row: IndicatorRow, cell: Cell, value: Measured): Stepped {
  const { definition, decimals } = row;
  const { minimum = '0', maximum = definition.valueType === 'percentage' ? '100' : undefined } = definition;
  const input = assessmentInput(row, cell, plan.baseline);
  const others = new Decimal(cell.cumulativeSum ?? 0).minus(value.exact);
  const judged = (exact: Decimal, written: string) => ({
    ...input,
    value: written,
    ...(cell.cumulativeSum !== undefined && { cumulativeSum: exactly(others.plus(exact)) }),
  });
  const turns = turnsOf(cell).map((turn) => (cell.cumulativeSum === undefined ? turn : turn.minus(others)));
  const { components } = value;
  if (!components || definition.measurement.type !== 'ratio') {
    return {
      at: new Decimal(value.exact),
      step: new Decimal(10).pow(definition.valueType === 'count' ? 0 : -decimals),
      least: new Decimal(minimum),
      greatest: Decimal.min(maximum ?? greatestEntered, greatestEntered),
      turns,
      input: (quantity) => judged(quantity, exactly(quantity)),
    };
  }
  const at = new Decimal(components.numerator);
  const asNumerator = (number: Decimal | string) =>
    new Decimal(number).times(components.denominator).div((definition.measurement as { scale: string }).scale);
  return {
    at,
    step: new Decimal(10).pow(isWhole(definition.measurement.numerator) ? 0 : -at.decimalPlaces()),
    least: Decimal.max(zero, asNumerator(minimum)),
    greatest: Decimal.min(maximum === undefined ? greatestEntered : asNumerator(maximum), greatestEntered),
    turns: turns.map(asNumerator),
    input(numerator) {
      const exact = text(ratioOf(row, value, numerator));
      return judged(new Decimal(exact), exact);
    },
  };
}

/** Being within a range is judged alike on both of its sides: the judgement turns around there. */
const turnsOf = ({ targets }: Cell): Decimal[] =>
  targets.flatMap(({ value, rule }) => {
    const asked = rule ? rule.value : value;
    return asked !== undefined && isRange(asked) ? numbersOf(asked) : [];
  });

function ratioOf({ definition }: IndicatorRow, { components }: Measured, numerator: Decimal): Decimal {
  return numerator.times(scaleOf(definition)).div(components!.denominator);
}
