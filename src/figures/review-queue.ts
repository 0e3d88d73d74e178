import { currentDefinition, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { readIndicators } from '../indicators/read-indicators.js';
import { targetsOf } from '../indicators/targets-of.js';
import { scaleOf } from '../indicators/scale-of.js';
import { endInYears, parsePeriod } from '../kernel/period.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import type { ApprovalLevel } from '../plans/reporting-rules.js';
import type { QualityMark } from '../quality/mark.js';
import { readQualityRules } from '../quality/quality.projection.js';
import { above, unitsIn, type Unit } from '../plans/units-in-time.js';
import type { ApprovalStep } from './approval-chain.js';
import { figureStatus, waitsFor, type FigureStatus, type StatusSight } from './figure-status.js';
import { inUse, type Entered, type FigureDocument, type LevelApproval } from './figure.projection.js';
import { figuresWhere, isChangedSinceApproval, pageOf } from './list-figures.js';
import { shownOf } from './reported.js';
import { ViewSource } from './view-source.js';

/** A value of another period or unit, for comparison. */
export interface OtherValue {
  readonly unit: string;
  readonly unitName: string;
  readonly period: string;
  readonly shown: string;
  readonly approved: boolean;
}

/** A value that waits for approval, with what a reviewer compares it with. */
export interface ReviewItem extends Omit<FigureStatus, 'waitsFor'> {
  readonly code: string;
  readonly name: string;
  readonly unitOfMeasure: string;
  readonly unit: string;
  readonly unitName: string;
  readonly period: string;
  /** What an approval names, so that nobody approves what they have not seen. */
  readonly revision: number;
  readonly waitsFor: ApprovalStep;
  /** The approvals of lower levels. */
  readonly approvals: readonly LevelApproval[];
  /** The value with its reporter, reason and evidence. */
  readonly latest: Entered;
  readonly shown: string;
  /** The value in use that it is to replace. */
  readonly inUse?: OtherValue;
  /** The last value in use of an earlier period. */
  readonly previous?: OtherValue;
  /** The target of the period, or the next one after it. */
  readonly target?: { readonly period: string; readonly value: string };
  /** What the rules of data quality say of it, with the reporter's explanations. */
  readonly marks: readonly QualityMark[];
  /** The values in use of the other units of the same level, in the same period. */
  readonly others: readonly OtherValue[];
}

export interface ReviewPage {
  readonly waiting: readonly ReviewItem[];
  /** How many wait, on all pages. */
  readonly total: number;
  /** How many approved figures, by the same filters except for the level, were changed since their approval. */
  readonly changedSinceApproval: number;
  /** Hand it back as `cursor` for the next page; absent on the last. */
  readonly next?: string;
}

export interface ReviewQuery {
  /** Waiting for this level; also what anybody may approve. */
  readonly level?: ApprovalLevel;
  /** Of this unit and those below it. */
  readonly unit?: string;
  readonly period?: string;
  readonly code?: string;
}

/** The values that wait for approval, in the order of indicator, period and unit. */
export async function reviewQueue(
  views: Views,
  sight: StatusSight,
  { level, unit, period, code }: ReviewQuery,
  asOf: AsOf,
  paging: { readonly after?: string; readonly limit: number },
): Promise<ReviewPage> {
  const { plan } = sight;
  const isBelow = belowIn(plan);
  const isAsked = (figure: FigureDocument) => unit === undefined || isBelow(figure, unit);
  const waits = (figure: FigureDocument) => {
    const due = waitsFor(plan, figure);
    return due !== undefined && (level === undefined || due.level === undefined || due.level === level);
  };
  const found = await figuresWhere(
    views,
    { plan: plan.plan, code, period },
    asOf,
    (figure) => isAsked(figure) && (figure.standing === 'reported' || isChangedSinceApproval(figure)),
  );
  const waiting = found.filter(waits);
  const { page, next } = pageOf(waiting, paging);
  const [indicators, { rules }] = await Promise.all([
    readIndicators(views, plan.plan, asOf),
    readQualityRules(views, plan.plan, asOf),
  ]);
  const reader = new Comparing(sight, new ViewSource(views, plan, indicators, rules, asOf));
  const items = [];
  for (const figure of page) items.push(...(await reader.item(figure)));
  return {
    waiting: items,
    total: waiting.length,
    changedSinceApproval: found.filter(isChangedSinceApproval).length,
    ...(next !== undefined && { next }),
  };
}

/** Whether the figure's unit is a unit or lies below it, in the figure's period. */
function belowIn(plan: PlanDocument): (figure: FigureDocument, unit: string) => boolean {
  const units = new Map<string, readonly Unit[]>();
  return (figure, unit) => {
    const then = units.get(figure.period) ?? unitsIn(plan, parsePeriod(figure.period));
    units.set(figure.period, then);
    return figure.unit === unit || above(then, figure.unit).includes(unit);
  };
}

/** Puts values beside those with which they are compared. */
class Comparing {
  constructor(
    private readonly sight: StatusSight,
    private readonly source: ViewSource,
  ) {}

  /** None where the indicator is not known at the moment, or nothing waits. */
  async item(figure: FigureDocument): Promise<ReviewItem[]> {
    const { code, unit, period, revision, latest, approvals = [] } = figure;
    const indicator = this.source.indicators.get(code);
    const { waitsFor: due, ...status } = figureStatus(figure, this.sight);
    if (!indicator || !latest || !due) return [];
    const all = await this.source.ofIndicator(code);
    const valueOf = (other: FigureDocument) => this.valueOf(indicator, other);
    const units = unitsIn(this.sight.plan, parsePeriod(period));
    const own = units.find((each) => each.code === unit);
    const peers = new Set(
      units.flatMap((each) => (each.level === own?.level && each.code !== unit ? [each.code] : [])),
    );
    const end = endInYears(parsePeriod(period));
    const earlier = all
      .filter((other) => other.unit === unit && endInYears(parsePeriod(other.period)) < end)
      .toSorted((a, b) => endInYears(parsePeriod(b.period)) - endInYears(parsePeriod(a.period)));
    const [previous] = earlier.flatMap(valueOf);
    const [used] = valueOf(figure).filter(() => figure.approved !== undefined);
    const target = targetsOf(indicator, units, unit).find((each) => endInYears(parsePeriod(each.period)) >= end);
    return [
      {
        ...{ code, name: indicator.name, unitOfMeasure: currentDefinition(indicator).definition.unitOfMeasure },
        ...{ unit, unitName: this.nameOf(unit), period, revision },
        ...status,
        waitsFor: due,
        approvals,
        latest,
        shown: this.shownOf(indicator, latest),
        ...(used && { inUse: used }),
        ...(previous && { previous }),
        ...(target && { target: { period: target.period, value: target.value } }),
        marks: await this.source.marksOf(figure, latest.reported, latest),
        others: all.filter((other) => other.period === period && peers.has(other.unit)).flatMap(valueOf),
      },
    ];
  }

  private valueOf(indicator: IndicatorDocument, figure: FigureDocument): OtherValue[] {
    const used = inUse(figure);
    if (!used) return [];
    const { unit, period } = figure;
    const shown = this.shownOf(indicator, used);
    return [{ unit, unitName: this.nameOf(unit), period, shown, approved: figure.approved !== undefined }];
  }

  private shownOf(indicator: IndicatorDocument, { reported, definitionVersion }: Entered): string {
    const { definition } =
      indicator.definitions.find(({ version }) => version === definitionVersion) ?? currentDefinition(indicator);
    return shownOf(reported, scaleOf(definition), indicator.decimals);
  }

  private nameOf(unit: string): string {
    return this.sight.plan.units.find(({ code }) => code === unit)?.name ?? unit;
  }
}
