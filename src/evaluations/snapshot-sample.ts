import { shownOf } from '../figures/reported.js';
import { figuresWhere } from '../figures/list-figures.js';
import { inUse, type FigureDocument } from '../figures/figure.projection.js';
import { ViewSource } from '../figures/view-source.js';
import { currentDefinition } from '../indicators/indicator.projection.js';
import { readIndicators } from '../indicators/read-indicators.js';
import { scaleOf } from '../indicators/scale-of.js';
import { endInYears, parsePeriod } from '../kernel/period.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import { readQualityRules } from '../quality/quality.projection.js';
import type { CheckEntry } from './evaluation.projection.js';
import { sampleOutcomes, type StratumOutcomes } from './sample-outcomes.js';
import {
  drawSample,
  sampleSeed,
  sampleVersion,
  type Drawn,
  type SampledFigure,
  type SampleSizes,
} from './audit-sample.js';

/** A figure of the sample, with what is to be checked. */
export interface FigureToCheck extends SampledFigure {
  readonly name: string;
  readonly unitOfMeasure: string;
  /** The value in use, with the decimals of its definition. */
  readonly shown: string;
  readonly corrections: number;
  /** What the plan’s rules of data quality said of it at the cut-off. */
  readonly marks: readonly string[];
  readonly demo: boolean;
  /** The last check against its sources; absent while nobody checked it. */
  readonly check?: FigureCheckEntry;
}

/** A check, with the number of those before it. */
export type FigureCheckEntry = Omit<CheckEntry, 'snapshot' | 'code' | 'unit' | 'period'> & { readonly earlier: number };

/** A sample of the figures that a snapshot rests on. */
export interface AuditSample {
  readonly evaluation: string;
  readonly snapshot: number;
  /** Whether figures may still be checked: the evaluation is neither published nor superseded. */
  readonly isOpen: boolean;
  readonly contentHash: string;
  readonly version: number;
  readonly seed: string;
  readonly sizes: SampleSizes;
  /** By unit, then by stratum. */
  readonly strata: readonly Drawn<FigureToCheck>[];
  /** What the checks of the drawn figures found, by stratum. */
  readonly outcomes: readonly StratumOutcomes[];
}

interface Sampled {
  readonly plan: string;
  readonly evaluation: string;
  readonly snapshot: { readonly number: number; readonly period: string; readonly contentHash: string };
  readonly asOf: AsOf;
  /** The checks of the snapshot’s figures so far. */
  readonly checks: readonly CheckEntry[];
  readonly isOpen: boolean;
}

/** Draws from all figures of periods up to the snapshot’s that had a value in use at its cut-off. */
export async function snapshotSample(
  views: Views,
  { plan: code, evaluation, snapshot, asOf, checks, isOpen }: Sampled,
  sizes: SampleSizes,
): Promise<AuditSample> {
  const [plan, indicators, { rules }] = await Promise.all([
    readPlan(views, code, asOf),
    readIndicators(views, code, asOf),
    readQualityRules(views, code, asOf),
  ]);
  const source = new ViewSource(views, plan, indicators, rules, asOf);
  const end = endInYears(parsePeriod(snapshot.period));
  const upTo = ({ period }: FigureDocument) => endInYears(parsePeriod(period)) <= end;
  const found = await figuresWhere(
    views,
    { plan: code },
    asOf,
    (figure) => upTo(figure) && inUse(figure) !== undefined,
  );
  const figures: FigureToCheck[] = [];
  for (const figure of found) {
    const indicator = source.indicators.get(figure.code);
    const used = inUse(figure);
    if (!indicator || !used) continue;
    const marks = await source.marksOf(figure, used.reported, used);
    const { definition } = currentDefinition(indicator);
    const scale = scaleOf(definition);
    figures.push({
      ...{ code: figure.code, unit: figure.unit, period: figure.period },
      stratum: marks.length > 0 ? 'marked' : used.corrections > 0 ? 'corrected' : 'other',
      ...{ name: indicator.name, unitOfMeasure: definition.unitOfMeasure },
      ...{ shown: shownOf(used.reported, scale, indicator.decimals), corrections: used.corrections },
      ...{ marks: marks.map(({ message }) => message), demo: used.demo },
      ...lastCheck(figure, checks),
    });
  }
  const seed = sampleSeed(snapshot.contentHash);
  const drawn = drawSample(seed, figures, sizes);
  return {
    ...{
      evaluation,
      snapshot: snapshot.number,
      isOpen,
      contentHash: snapshot.contentHash,
      version: sampleVersion,
      seed,
      sizes,
    },
    strata: drawn,
    outcomes: sampleOutcomes(drawn),
  };
}

function lastCheck({ code, unit, period }: FigureDocument, checks: readonly CheckEntry[]) {
  const own = checks.filter((each) => each.code === code && each.unit === unit && each.period === period);
  const last = own.at(-1);
  if (!last) return {};
  const { snapshot: _, code: __, unit: ___, period: ____, ...check } = last;
  return { check: { ...check, earlier: own.length - 1 } };
}
