import { addsUp, partsOf } from '../figures/breakdown.js';
import type { Part, Reported } from '../figures/figure.events.js';
import { exactOf, shownOf } from '../figures/reported.js';
import type { Breakdown, Definition } from '../indicators/indicator.events.js';
import { scaleOf } from '../indicators/scale-of.js';
import { Decimal, exactly, hundred, shownWith, text } from './decimals.js';

/** A value by one breakdown (分组) of the definition: its parts, or the units that did not report them. */
export interface BrokenDown {
  readonly code: string;
  readonly name: string;
  /** Every part, in the order of the definition. */
  readonly parts?: readonly BrokenDownPart[];
  /** In place of parts: codes of the units that are part of the value and did not report theirs. Nothing is estimated. */
  readonly lacking?: readonly string[];
}

export interface BrokenDownPart {
  readonly code: string;
  readonly name: string;
  /** Value for display and for computation; absent for a ratio of 0 to 0. */
  readonly shown?: string;
  readonly exact?: string;
  readonly components?: { readonly numerator: string; readonly denominator: string };
  /** Percent of the whole; only of values that add up. */
  readonly share?: string;
}

/** How the values of an indicator are computed and shown. */
export interface Measure {
  readonly definition: Definition;
  readonly decimals: number;
}

interface HasBreakdowns {
  readonly exact: string;
  readonly breakdowns?: readonly BrokenDown[];
}

/** The breakdowns of what a unit reported; none if the definition has none. */
export function ownBreakdowns(measure: Measure, unit: string, reported: Reported): Pick<HasBreakdowns, 'breakdowns'> {
  return byBreakdown(measure, (breakdown) => {
    const parts = partsOf(reported.parts, breakdown);
    if (!parts) return { lacking: [unit] };
    return { parts: named(breakdown, (at) => ownPart(measure, parts[at]!, reported)) };
  });
}

function ownPart({ definition, decimals }: Measure, part: Part, whole: Reported): Nameless {
  if ('value' in part) {
    const share = 'value' in whole ? shareOf(part.value, whole.value, definition) : undefined;
    return { shown: part.value, exact: exactly(new Decimal(part.value)), ...share };
  }
  const { numerator, denominator } = part;
  const components = { numerator, denominator };
  if (new Decimal(denominator).isZero()) return { components };
  const scale = scaleOf(definition);
  return { shown: shownOf(part, scale, decimals), exact: text(exactOf(part, scale)), components };
}

/** The breakdowns of the sum of several units; one that any of them lacks has no parts. */
export function combinedBreakdowns(
  measure: Measure,
  findings: readonly HasBreakdowns[],
  whole: string,
): Pick<HasBreakdowns, 'breakdowns'> {
  return byBreakdown(measure, (breakdown) => {
    const all = findings.map(({ breakdowns = [] }) => breakdowns.find(({ code }) => code === breakdown.code));
    const lacking = all.flatMap((found) => found?.lacking ?? []);
    if (lacking.length > 0) return { lacking };
    return {
      parts: named(breakdown, (at) =>
        combinedPart(
          measure,
          all.map((found) => found!.parts![at]!),
          whole,
        ),
      ),
    };
  });
}

function combinedPart({ definition, decimals }: Measure, parts: readonly BrokenDownPart[], whole: string): Nameless {
  if (parts.some(({ components }) => components === undefined)) {
    const sum = Decimal.sum(...parts.map(({ exact }) => exact!));
    return { shown: shownWith(decimals, sum), exact: exactly(sum), ...shareOf(sum, whole, definition) };
  }
  const [numerator, denominator] = (['numerator', 'denominator'] as const).map((field) =>
    Decimal.sum(...parts.map(({ components }) => components![field])),
  ) as [Decimal, Decimal];
  const components = { numerator: exactly(numerator), denominator: exactly(denominator) };
  if (denominator.isZero()) return { components };
  const ratio = numerator.times(scaleOf(definition)).div(denominator);
  return { shown: shownWith(decimals, ratio), exact: text(ratio), components };
}

/** A report comes with its own parts; with those of the units below only where these make up exactly its value. */
export function reconciledBreakdowns(own: HasBreakdowns, computed: HasBreakdowns): Pick<HasBreakdowns, 'breakdowns'> {
  if (!own.breakdowns || !new Decimal(own.exact).equals(computed.exact)) return {};
  return { breakdowns: own.breakdowns.map((found, at) => (found.parts ? found : computed.breakdowns![at]!)) };
}

type Nameless = Omit<BrokenDownPart, 'code' | 'name'>;

function byBreakdown(
  { definition: { breakdowns } }: Measure,
  found: (breakdown: Breakdown) => Pick<BrokenDown, 'parts' | 'lacking'>,
): Pick<HasBreakdowns, 'breakdowns'> {
  if (!breakdowns) return {};
  return { breakdowns: breakdowns.map((each) => ({ code: each.code, name: each.name, ...found(each) })) };
}

const named = ({ parts }: Breakdown, part: (at: number) => Nameless): BrokenDownPart[] =>
  parts.map(({ code, name }, at) => ({ code, name, ...part(at) }));

function shareOf(part: Decimal | string, whole: string, definition: Definition): Pick<BrokenDownPart, 'share'> {
  if (!addsUp(definition) || new Decimal(whole).isZero()) return {};
  return { share: text(new Decimal(part).times(hundred).div(whole)) };
}
