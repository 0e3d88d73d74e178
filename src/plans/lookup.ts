import { codeMeant } from '../kernel/did-you-mean.js';
import { invalid, notFound } from '../kernel/errors.js';
import {
  firstDayOf,
  lastDayOf,
  liesWithin,
  parsePeriod,
  reportingPeriod,
  wholeYear,
  type Period,
} from '../kernel/period.js';
import type { Area } from './plan.state.js';
import { successorsOf, type Unit, type Units, unitOn } from './units-in-time.js';
import type { PlanDocument } from './plan.projection.js';

/** Something that a plan numbers and names: a unit, an area, an indicator. */
interface Named {
  readonly code: string;
  readonly name: string;
}

/** @throws {DomainError} `unit.unknown` */
export function unitOf<Each extends Unit>({ units }: { readonly units: readonly Each[] }, code: string): Each {
  const unit = units.find((each) => each.code === code);
  if (!unit) throw notFound('unit.unknown', `规划没有单位 ${code}：${wayOut(units, code)}`);
  return unit;
}

/** A unit that is judged: a reference unit only lends figures. @throws {DomainError} `unit.unknown`, `unit.not-judged` */
export function judgedUnitOf<Each extends Unit>(plan: { readonly units: readonly Each[] }, code: string): Each {
  const unit = unitOf(plan, code);
  if (unit.level === 'reference') {
    throw invalid('unit.not-judged', `单位 ${code}（${unit.name}）只作对照，不作评价：请另选单位`, 'unit');
  }
  return unit;
}

/** A unit that exists at the end of a period. @throws {DomainError} `unit.unknown`, `unit.not-then` */
export function assertUnitThen(plan: Units, code: string, period: Period): void {
  const unit = unitOf(plan, code);
  const day = lastDayOf(period, plan);
  if (unitOn(unit, day)) return;
  const { name, from, until } = unit;
  const heirs = successorsOf(plan, unit);
  const isEarly = (from ?? '') > day;
  const since = isEarly ? `自 ${from} 起才设立` : `自 ${until} 起已不存在`;
  const instead = !isEarly && heirs.length > 0 ? `请看 ${heirs.join('、')}` : '请另选单位或期间';
  throw invalid('unit.not-then', `期间 ${period.text} 没有单位 ${code}（${name}）：${since}，${instead}`, 'unit');
}

/** @throws {DomainError} `area.unknown` */
export function areaOf({ areas }: Pick<PlanDocument, 'areas'>, code: string): Area {
  const area = areas.find((each) => each.code === code);
  if (!area) throw notFound('area.unknown', `规划没有标杆区 ${code}：${wayOut(areas, code)}`);
  return area;
}

/** So many are listed in a message. */
const listed = 12;

/** What an unknown code may have been meant to be; where nothing is near, what there is. */
export function wayOut(known: readonly Named[], text: string): string {
  const code = codeMeant(
    text,
    known.map((each) => each.code),
  );
  const meant = known.find((each) => each.code === code) ?? namedBy(known, text);
  if (meant) return `您是否指 ${meant.code}（${meant.name}）？`;
  if (known.length === 0) return '尚未登记任何一个';
  const some = known.slice(0, listed).map(({ code, name }) => `${code}（${name}）`);
  return `请用代码，如 ${some.join('、')}${known.length > listed ? ` 等 ${known.length} 个` : ''}`;
}

/** The one that goes by a name, or by a part of it that no other name has: 青田 for 青田县. */
export function namedBy<Each extends Named>(known: readonly Each[], text: string): Each | undefined {
  const said = text.normalize('NFKC').trim();
  const exact = known.filter(({ name }) => name === said);
  // One character is too little to guess by.
  const similar = said.length < 2 ? [] : known.filter(({ name }) => name.includes(said) || said.includes(name));
  const [found, ...others] = exact.length > 0 ? exact : similar;
  return others.length === 0 ? found : undefined;
}

type Years = Pick<PlanDocument, 'startYear' | 'endYear' | 'fiscalYear' | 'baseline'>;

/** `2021–2025`, or `FY2021–FY2025`. */
export const yearsText = (plan: Omit<Years, 'baseline'>): string =>
  `${wholeYear(plan.startYear, plan).text}–${wholeYear(plan.endYear, plan).text}`;

/** Whether a period is in the plan's years, or in its base period: the months of a base year are as much of it as the year. */
export function isOfPlan({ startYear, endYear, baseline }: Years, period: Period): boolean {
  if (period.year >= startYear && period.year <= endYear) return true;
  return liesWithin(period, parsePeriod(baseline));
}

/** Whether a planned period is wholly before or after the plan's years, by its days; undefined if neither. */
export function sideOfPlan(plan: Omit<Years, 'baseline'>, text: string): 'before' | 'after' | undefined {
  const period = parsePeriod(text);
  if (lastDayOf(period, plan) < firstDayOf(wholeYear(plan.startYear, plan), plan)) return 'before';
  return firstDayOf(period, plan) > lastDayOf(wholeYear(plan.endYear, plan), plan) ? 'after' : undefined;
}

/** @throws {DomainError} `period.malformed`, `period.calendar`, `period.outside-plan` */
export function periodOfPlan(plan: Years, text: string, field = 'period'): Period {
  const period = reportingPeriod(text, plan, field);
  if (isOfPlan(plan, period)) return period;
  throw invalid(
    'period.outside-plan',
    `期间 ${text} 在规划年度 ${yearsText(plan)} 和基期 ${plan.baseline} 之外：请另选期间`,
    field,
  );
}
