import { MomentQuery } from '../http/moment.js';
import type { Reading } from '../http/reading.js';
import { WholeText } from '../http/whole-text.js';
import { readIndicator } from '../indicators/read-indicators.js';
import { invalid } from '../kernel/errors.js';
import { reportingPeriod } from '../kernel/period.js';
import { parseKnownTime, startOfDay } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import { unitOf } from '../plans/lookup.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { DateText, OneOf, PeriodText, Text } from '../slice/field.js';
import { auditSorts, type AuditClock, type AuditSort, type TimeRange, type TrailQuery } from './trail-search.js';
import type { Trail } from './trail.js';
import { correctionTypes } from './corrections.js';

/** What entries of the audit trail have to fit. */
export class AuditFilters extends MomentQuery {
  @Text({ label: '经办人编号', max: 60, optional: true, example: 'demo-reporter-331102' })
  actor?: string;

  @Text({ label: '经办人', description: '姓名的一部分，或编号', max: 60, optional: true, example: '李' })
  person?: string;

  @Text({ label: '指标代码', description: '该指标的数据、目标与口径', max: 60, optional: true, example: '02' })
  indicator?: string;

  @Text({
    label: '单位代码',
    description: '该单位的数据、目标、项目与其自身的变动',
    max: 60,
    optional: true,
    example: '331102',
  })
  unit?: string;

  @PeriodText({ label: '期间', description: '含其中更短的期间', optional: true, example: '2022' })
  period?: string;

  @Text({ label: '动作', description: '事件类型或其中文名称', max: 60, optional: true, example: '更正' })
  action?: string;

  @OneOf(['true'], { label: '只看改动', description: 'true：只列更正、退回、撤回、修改、调整', optional: true })
  corrections?: 'true';

  @Text({ label: '文字', description: '事由、依据或内容中的文字', max: 100, optional: true, example: '台账' })
  q?: string;

  @DateText({ label: '日期', description: '同 from、to 为同一日', optional: true, example: '2023-08-20' })
  day?: string;

  @DateText({ label: '起始日', optional: true, example: '2023-08-01' })
  from?: string;

  @DateText({ label: '截止日', description: '含该日', optional: true, example: '2023-08-31' })
  to?: string;

  @OneOf(['recorded', 'known'], {
    label: '日期口径',
    description: 'day、from、to 所指：recorded 录入日（不填即此）；known 掌握日',
    optional: true,
  })
  clock?: AuditClock;

  @DateText({ label: '掌握日期自', optional: true, example: '2023-08-01' })
  knownFrom?: string;

  @DateText({ label: '掌握日期至', description: '含该日', optional: true, example: '2023-08-31' })
  knownTo?: string;

  @DateText({ label: '录入日期自', optional: true, example: '2023-08-01' })
  recordedFrom?: string;

  @DateText({ label: '录入日期至', description: '含该日', optional: true, example: '2023-08-31' })
  recordedTo?: string;

  @OneOf([...auditSorts], {
    label: '排序',
    description: '按录入（recorded）或掌握（known）的时间；前有减号的由近及远',
    optional: true,
  })
  sort?: AuditSort;

  @Text({ label: '游标', max: 300, optional: true })
  cursor?: string;
}

export class AuditQuery extends AuditFilters {
  @WholeText(1, 1000, '条数')
  limit?: string;

  @OneOf(['json', 'csv', 'xlsx'], {
    label: '格式',
    description: 'csv、xlsx 不填条数的，是全部符合条件的',
    optional: true,
  })
  format?: 'json' | 'csv' | 'xlsx';
}

const filters = ['actor', 'person', 'indicator', 'unit', 'period', 'action', 'corrections', 'q'] as const;
const days = ['day', 'from', 'to', 'knownFrom', 'knownTo', 'recordedFrom', 'recordedTo'] as const;

interface Sources {
  readonly reading: Reading;
  readonly views: Views;
  readonly trail: Trail;
  /** @throws {DomainError} nobody has the name or the id */
  actorsNamed(text: string): Promise<readonly string[]>;
}

/** @throws {DomainError} for a query without or with contradicting parts, and for what the plan does not have */
export async function askedOf(
  plan: PlanDocument,
  query: AuditFilters,
  { reading, views, trail, actorsNamed }: Sources,
): Promise<TrailQuery> {
  const { actor, person, indicator, unit, period, action, corrections, q, sort } = query;
  if (sort === undefined && [...filters, ...days].every((key) => query[key] === undefined)) {
    throw invalid(
      'audit.query',
      '请至少给出 person（经办人）、indicator、unit、period、action、q、day、from、to 之一，或以 sort 列出全部；某个数据的轨迹见该数据的 /trail',
      'person',
    );
  }
  const { recorded, known } = rangesOf(query);
  // A day to come has no entries yet, whatever its clock.
  for (const key of days) {
    if (query[key] !== undefined) await reading.moment(plan.plan, { asOf: query[key] }, undefined, key);
  }
  if (unit !== undefined) unitOf(plan, unit);
  if (indicator !== undefined) await readIndicator(views, plan.plan, indicator);
  const named = action === undefined ? undefined : trail.typesNamed(action);
  const changing = corrections && correctionTypes(trail.catalogue);
  const types = named && changing ? new Set([...named].filter((type) => changing.has(type))) : (named ?? changing);
  const actors =
    actor === undefined && person === undefined
      ? undefined
      : [...(actor === undefined ? [] : [actor]), ...(person === undefined ? [] : await actorsNamed(person))];
  return {
    ...{ actors, indicator, unit, text: q, sort },
    ...(period !== undefined && { period: reportingPeriod(period, plan) }),
    ...(types && { types }),
    ...(recorded && { recorded: instants(recorded, plan) }),
    ...(known && { known: instants(known, plan) }),
  };
}

/** Days, both included. */
interface Days {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** @throws {DomainError} `audit.query`, `audit.order` */
function rangesOf(query: AuditFilters): { readonly recorded?: Days; readonly known?: Days } {
  const { day, from = day, to = day, clock = 'recorded' } = query;
  if (day !== undefined && (from !== day || to !== day)) {
    throw invalid('audit.query', 'day 已是一整日，不与 from、to 并用：请只写其一', 'day');
  }
  const of = (own: AuditClock, ownFrom: string | undefined, ownTo: string | undefined): Days => ({
    from: ownFrom ?? (clock === own ? from : undefined),
    to: ownTo ?? (clock === own ? to : undefined),
  });
  const recorded = of('recorded', query.recordedFrom, query.recordedTo);
  const known = of('known', query.knownFrom, query.knownTo);
  for (const range of [recorded, known]) {
    if (range.from !== undefined && range.to !== undefined && range.from > range.to) {
      throw invalid('audit.order', `起始日 ${range.from} 在截止日 ${range.to} 之后：请对调`, 'from');
    }
  }
  const isRange = (range: Days) => range.from !== undefined || range.to !== undefined;
  return { ...(isRange(recorded) && { recorded }), ...(isRange(known) && { known }) };
}

const instants = ({ from, to }: Days, { timeZone }: PlanDocument): TimeRange => ({
  ...(from !== undefined && { from: startOfDay(from, timeZone) }),
  ...(to !== undefined && { to: parseKnownTime(to, timeZone, 'to') }),
});

/** What was asked, in words, for the sheet that says so. */
export function told(query: AuditFilters, named: (text: string) => string): (readonly [string, string])[] {
  const words: Readonly<Partial<Record<keyof AuditFilters, string>>> = {
    ...{
      actor: '经办人',
      person: '经办人',
      indicator: '指标',
      unit: '单位',
      period: '期间',
      action: '动作',
      q: '文字',
    },
    ...{ corrections: '只看改动', day: '日期', from: '自', to: '至', clock: '日期口径' },
    ...{ knownFrom: '掌握日期自', knownTo: '掌握日期至', recordedFrom: '录入日期自', recordedTo: '录入日期至' },
    ...{ sort: '排序', asOf: '截至', atPosition: '系统记录序号' },
  };
  return Object.entries(words).flatMap(([key, word]) => {
    const value = query[key as keyof AuditFilters];
    return value === undefined ? [] : [[word, named(value)] as const];
  });
}
