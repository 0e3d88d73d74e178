import { AmendIndicator } from '../indicators/indicator.commands.js';
import { indicatorStream } from '../indicators/indicator.events.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import type { IndexedPlan } from '../overview/overview.js';
import { AmendPlan } from '../plans/plan.commands.js';
import { planStream } from '../plans/plan.events.js';
import { fieldsOf } from '../slice/field.js';
import type { Between } from './between.js';
import type { Difference } from './difference.js';

const planFields = ['title', 'territory', 'startYear', 'endYear', 'baseline', 'midterm'] as const;
const attributes = [
  ...(['name', 'role', 'area', 'attribute', 'kind', 'direction', 'decimals'] as const),
  ...(['targetScope', 'trajectory', 'weight', 'owner'] as const),
];

/** What a plan says differently of itself, and of its areas. */
export async function planDifferences(left: IndexedPlan, right: IndexedPlan, between: Between): Promise<Difference[]> {
  const own = changed(planFields, left.plan, right.plan, AmendPlan);
  const areas = [...new Set([...left.areas, ...right.areas].map(({ code }) => code))].flatMap((code) => {
    const [from, to] = [left, right].map(({ areas: all }) => all.find((area) => area.code === code)?.name);
    return from === to ? [] : [{ from: from && `标杆区 ${code} ${from}`, to: to && `标杆区 ${code} ${to}` }];
  });
  const found = [...own, ...areas];
  if (found.length === 0) return [];
  const because = await between([planStream(right.plan.plan)], ({ type }) => /^(Plan|Area)/.test(type));
  return found.map((texts) => ({ aspect: 'plan', ...texts, because }));
}

/** What is said differently of an indicator, besides its definition: its weight, its kind, its area. */
export async function attributeDifferences(
  plan: string,
  before: IndicatorRow,
  after: IndicatorRow,
  between: Between,
): Promise<Difference[]> {
  const found = changed(attributes, before, after, AmendIndicator);
  if (found.length === 0) return [];
  const { code } = after;
  const because = await between([indicatorStream(plan, code)], ({ type }) => type === 'IndicatorAmended');
  return found.map((texts) => ({ aspect: 'indicator', indicator: code, ...texts, because }));
}

function changed<Field extends string>(
  fields: readonly Field[],
  before: Readonly<Partial<Record<Field, string | number>>>,
  after: Readonly<Partial<Record<Field, string | number>>>,
  type: object,
): Pick<Difference, 'from' | 'to'>[] {
  const labels = fieldsOf(type);
  return fields.flatMap((field) => {
    if (before[field] === after[field]) return [];
    const text = (value: string | number | undefined) => `${labels.get(field)!.label} ${value ?? '未填'}`;
    return [{ from: text(before[field]), to: text(after[field]) }];
  });
}
