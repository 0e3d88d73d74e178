import type { Decimal } from '../assessment/decimals.js';
import type { FindingSubject } from '../findings/finding.events.js';
import { invalid } from '../kernel/errors.js';
import type { OverviewNow } from '../overview/overview-later.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { above, type Unit } from '../plans/units-in-time.js';
import { digestHead, type DigestHead } from './summary.js';
import { holdWords, wordsOf } from './words.js';

/** How many things have each value. Values without any are left out. */
export interface Counts {
  readonly [value: string]: number;
}

interface CountsByFilter {
  readonly [filter: string]: Counts;
}

/** A page of a list of the programme, as of a moment. */
export interface ListPage<Item, Summary = never> extends DigestHead {
  /** The last day that facts are counted up to. */
  readonly until: string;
  /** How many things the unit has, whatever else is asked for. */
  readonly all: number;
  /** How many things fit the filters, on all pages. */
  readonly total: number;
  /** Of all things, by filter. */
  readonly counts: CountsByFilter;
  /** On the first page, where the kind has one. */
  readonly summary?: Summary;
  readonly items: readonly Item[];
  /** Pass as `cursor` to get the next page; absent on the last page. */
  readonly next?: string;
}

/** What a list can be sorted by: text in the order of its characters, numbers as numbers; what has none comes last. */
export type SortKey = string | Decimal | undefined;

export interface Listed {
  readonly id: string;
}

/** What a list can be filtered by, under the name of a query parameter. */
export interface Filter<Item> {
  readonly label: string;
  readonly description?: string;
  /** The values that can be asked for, of every plan or of one. */
  readonly values: readonly string[] | ((plan: PlanDocument) => readonly string[]);
  of(item: Item): string | readonly string[];
}

type Programme = OverviewNow['programme'];

/** How the things of one kind are listed. */
export interface ListKind<Item extends Listed = Listed> {
  /** Under `plans/:plan/overview/`. */
  readonly resource: string;
  /** The Chinese name of one of them. */
  readonly label: string;
  /** The types of a page and of one thing in the OpenAPI document. */
  readonly answer: string;
  readonly item: string;
  /** What findings and checks call one of them; absent for a kind that they are not about. */
  readonly subject?: FindingSubject;
  all(programme: Programme): readonly Item[];
  readonly filters: Readonly<Record<string, Filter<Item>>>;
  /** Says of which unit a thing is; absent for a kind that belongs to none. */
  unitIn?(programme: Programme): (item: Item) => string | undefined;
  /** What a search looks through. */
  texts(item: Item, unitName: (code: string) => string | undefined): readonly (string | undefined)[];
  readonly sorts: Readonly<Record<string, (item: Item) => SortKey>>;
  /** What concerns most comes first. */
  byConcern(items: readonly Item[]): readonly Item[];
  /** A thing as it is answered. */
  shown?(item: Item, programme: Programme): object;
  summary?(items: readonly Item[], programme: Programme): object;
}

/** The sort that every kind has besides its own. */
export const concern = 'concern';

export interface ListQuestion {
  /** The unit, with all below it. */
  readonly unit?: string;
  /** The asked values, by the names of the kind's filters. */
  readonly filters: Readonly<Record<string, string | undefined>>;
  readonly q?: string;
  readonly sort?: string;
  readonly order?: 'asc' | 'desc';
  readonly cursor?: string;
  readonly limit: number;
}

/** @throws {DomainError} `list.cursor` */
export function listPage(overview: OverviewNow, own: ListKind, question: ListQuestion): ListPage<object, object> {
  const { unit, filters, q, cursor, limit } = question;
  const { programme, units } = overview;
  const ofUnit = own.all(programme).filter(within(units, unit, own.unitIn?.(programme)));
  const asked = Object.entries(filters).filter(([, value]) => value !== undefined);
  const found = ofUnit
    .filter((item) => asked.every(([name, value]) => valuesOf(own.filters[name]!, item).includes(value!)))
    .filter(saying(q, own, units));
  const sorted = sortedBy(found, own, question);
  const from = cursor === undefined ? 0 : sorted.findIndex(({ id }) => id === cursor) + 1;
  if (cursor !== undefined && from === 0) {
    throw invalid('list.cursor', '游标不属于这一查询：请用上一页答复中的 next，其余参数不变', 'cursor');
  }
  const items = sorted.slice(from, from + limit);
  return {
    ...digestHead(overview),
    ...{ until: programme.until, all: ofUnit.length, total: found.length },
    counts: Object.fromEntries(
      Object.entries(own.filters).map(([name, filter]) => [
        name,
        counted(ofUnit.flatMap((item) => valuesOf(filter, item))),
      ]),
    ),
    ...(from === 0 && own.summary && { summary: own.summary(ofUnit, programme) }),
    items: items.map((item) => own.shown?.(item, programme) ?? item),
    ...(from + limit < sorted.length && { next: items.at(-1)!.id }),
  };
}

const valuesOf = (filter: Filter<Listed>, item: Listed): readonly string[] => [filter.of(item)].flat();

function within(
  units: readonly Unit[],
  unit: string | undefined,
  unitOf: ((item: Listed) => string | undefined) | undefined,
): (item: Listed) => boolean {
  if (unit === undefined) return () => true;
  return (item) => {
    const code = unitOf?.(item);
    return code !== undefined && [code, ...above(units, code)].includes(unit);
  };
}

/** Whether all words of a search occur in a thing. */
function saying(q: string | undefined, own: ListKind, units: readonly Unit[]): (item: Listed) => boolean {
  const words = wordsOf(q ?? '');
  if (words.length === 0) return () => true;
  const names = new Map(units.map(({ code, name }) => [code, name]));
  return (item) =>
    holdWords(
      own.texts(item, (code) => names.get(code)),
      words,
    );
}

/** Without `sort` in the list's own order. */
function sortedBy(items: readonly Listed[], own: ListKind, { sort, order = 'asc' }: ListQuestion): readonly Listed[] {
  const key = sort === undefined ? undefined : own.sorts[sort];
  if (!key) {
    const sorted = sort === concern ? own.byConcern(items) : items;
    return order === 'desc' ? sorted.toReversed() : sorted;
  }
  const sign = order === 'desc' ? -1 : 1;
  return items.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    return sign * compared(left, right);
  });
}

function compared(left: string | Decimal, right: string | Decimal): number {
  if (typeof left !== 'string') return left.comparedTo(right);
  return left < String(right) ? -1 : left === String(right) ? 0 : 1;
}

export function counted(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
