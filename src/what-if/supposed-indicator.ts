import { Decimal } from '../kernel/decimal.js';
import { checkedFormula } from '../indicators/formula-check.js';
import { isRule } from '../indicators/formula.js';
import { IndicatorAmended, indicatorStream, TargetRevised, TargetSet } from '../indicators/indicator.events.js';
import {
  currentDefinition,
  indicatorProjection,
  type IndicatorDocument,
  type TargetEntry,
} from '../indicators/indicator.projection.js';
import { storedTarget } from '../indicators/printed-target.js';
import { readIndicator, readIndicators } from '../indicators/read-indicators.js';
import { invalid } from '../kernel/errors.js';
import { reportingPeriod } from '../kernel/period.js';
import { printedTarget, shownTarget } from '../kernel/target-value.js';
import { unitOf, yearsText } from '../plans/lookup.js';
import type { SupposedChange } from './question.js';
import { number } from './supposed-figure.js';
import type { Supposed, Supposing } from './supposed.js';

/**
 * A unit's target with another value, or one that it did not have. It counts as set under the present definition.
 * @throws {DomainError} `indicator.unknown`, `unit.unknown`, `target.outside-plan`, `target.frequency`,
 * `target.rule-kind`, `what-if.not-a-target`, those of `storedTarget` and `checkedFormula`
 */
export async function targeting(change: SupposedChange, context: Supposing): Promise<Supposed> {
  const { views, plan, asOf } = context;
  const indicator = await readIndicator(views, plan.plan, change.code!, asOf);
  assertTarget(change, indicator, context);
  const { code, kind, frequency } = indicator;
  const { unitOfMeasure } = currentDefinition(indicator).definition;
  const text = change.value!;
  if (isRule(text)) {
    if (kind !== 'hold') {
      const message = `指标 ${code} 的类型是 ${kind}：只有“保持（底线）”类（hold）的目标可以是规则，其他类型请写数`;
      throw invalid('target.rule-kind', message, 'value');
    }
    const all = await readIndicators(views, plan.plan, asOf);
    const referred = new Map(all.map((each) => [each.code, referring(each)]));
    checkedFormula(text, { code, frequency, unitOfMeasure, referred, field: 'value', ownPrevious: true });
  } else if (typeof printedTarget(text) !== 'object') {
    const message = `“${text.slice(0, 40)}”不是目标：请写数，如 58；或 >7、<=5.5；“保持”类也可写区间 5..6 或规则`;
    throw invalid('what-if.not-a-target', message, 'value');
  }
  return retargeted(indicator, change, storedTarget(text, { ...indicator, unitOfMeasure }));
}

/**
 * A target as an earlier version had it.
 * @throws {DomainError} `indicator.unknown`, `what-if.target-version`
 */
export async function restoring(change: SupposedChange, { views, plan, asOf }: Supposing): Promise<Supposed> {
  const indicator = await readIndicator(views, plan.plan, change.code!, asOf);
  const history = await views.history(indicatorProjection, `${plan.plan}/${indicator.code}`, asOf);
  const versions = new Map(
    history.flatMap(({ body }) => standing(body, change) ?? []).map((entry) => [entry.targetVersion, entry.value]),
  );
  const value = versions.get(change.version!);
  if (value !== undefined) return retargeted(indicator, change, value);
  const known = [...versions].map(([version, text]) => `${version}（${shownTarget(text)}）`).join('、');
  throw invalid(
    'what-if.target-version',
    `指标 ${change.code} 单位 ${change.unit} ${change.period} 的目标没有第 ${change.version} 版：${known ? `届时有第 ${known} 版` : '届时还没有目标'}`,
    'version',
  );
}

/**
 * An indicator with another weight in the index.
 * @throws {DomainError} `indicator.unknown`, `indicator.weight`, `what-if.not-a-number`
 */
export async function weighting(change: SupposedChange, { views, plan, asOf }: Supposing): Promise<Supposed> {
  const indicator = await readIndicator(views, plan.plan, change.code!, asOf);
  const weight = number(change.value!, 'value');
  if (new Decimal(weight).isNegative()) throw invalid('indicator.weight', '权重不能为负', 'value');
  const {
    plan: slug,
    code,
    definitions: _,
    targets: __,
    scopes: ___,
    retiredFrom: ____,
    demo: _____,
    ...rest
  } = indicator;
  const events = [IndicatorAmended.of({ ...rest, weight })];
  return { stream: indicatorStream(slug, code), events, from: indicator.weight, to: weight };
}

const standing = ({ targets }: IndicatorDocument, { unit, period }: SupposedChange): TargetEntry | undefined =>
  targets.find((target) => target.unit === unit && target.period === period);

function retargeted(indicator: IndicatorDocument, change: SupposedChange, value: string): Supposed {
  const [unit, period] = [change.unit!, change.period!];
  const present = standing(indicator, change);
  const event = present
    ? TargetRevised.of({ unit, period, from: present.value, to: value, targetVersion: present.targetVersion + 1 })
    : TargetSet.of({ unit, period, value, targetVersion: 1 });
  return {
    stream: indicatorStream(indicator.plan, indicator.code),
    events: [event],
    ...(present && { from: shownTarget(present.value) }),
    to: shownTarget(value),
  };
}

function assertTarget(change: SupposedChange, { frequency }: IndicatorDocument, { plan }: Supposing): void {
  unitOf(plan, change.unit!);
  const period = reportingPeriod(change.period!, plan);
  if (period.year < plan.startYear || period.year > plan.endYear) {
    throw invalid('target.outside-plan', `目标期间 ${period.text} 不在规划年度 ${yearsText(plan)} 之内`, 'period');
  }
  if (period.frequency !== 'A' && period.frequency !== frequency) {
    throw invalid('target.frequency', `目标期间 ${period.text} 与指标频次 ${frequency} 不符`, 'period');
  }
}

const referring = (indicator: IndicatorDocument) => ({
  defined: indicator,
  definition: currentDefinition(indicator).definition,
  targets: new Map(indicator.targets.map((target) => [`${target.unit}/${target.period}`, target])),
});
