import type { Overview } from '../overview/overview.js';
import { checkWords } from '../overview/programme/words.js';
import { judgedUnits } from '../plans/plan.projection.js';
import type { Obligations } from '../reporting/obligations.js';
import type { OpenLine } from '../slice/readiness.js';

/**
 * What is counted before a snapshot. `reported` has a value, whether or not it is approved or was returned; `missing` was
 * declared to have none; `checks` are contradictions that the engine finds; `marks` are marks of data quality that nobody
 * explained.
 */
export const readinessLines = [
  ...(['due', 'unreported', 'reported', 'waiting', 'approved', 'returned', 'missing', 'overdue'] as const),
  ...(['checks', 'incomparable', 'marks'] as const),
] as const;
export type ReadinessLine = (typeof readinessLines)[number];

export const lineWords: Readonly<Record<ReadinessLine, string>> = {
  due: '应报',
  unreported: '未报',
  reported: '已报',
  waiting: '待审核',
  approved: '已审核',
  returned: '被退回',
  missing: '缺报',
  overdue: '逾期',
  checks: '检查发现',
  incomparable: '不可比',
  marks: '未说明的数据提示',
};

/** The lines that stand for something that is not ready. An overdue figure is also one that is unreported or returned. */
export const openLineNames = ['unreported', 'waiting', 'returned', 'checks', 'incomparable', 'marks'] as const;

/** One thing that a line counts. */
export interface ReadinessEntry {
  /** Unique in a readiness; the cursor of a list. */
  readonly id: string;
  readonly line: ReadinessLine;
  /** Absent for what concerns the plan whole. */
  readonly unit?: string;
  readonly unitName?: string;
  /** The indicator, or what a check is about. */
  readonly code: string;
  readonly name: string;
  readonly period: string;
  /** Why, as far as that was written: of a return, a missing figure, a check, a mark. */
  readonly note?: string;
}

export type LineCounts = Readonly<Record<ReadinessLine, number>>;

/** How ready the data of an evaluation's period are, as of a moment. */
export interface EvaluationReadiness {
  readonly plan: string;
  readonly period: string;
  /** The day as of which something is overdue. */
  readonly day: string;
  readonly totals: LineCounts;
  readonly units: readonly { readonly unit: string; readonly name: string; readonly counts: LineCounts }[];
}

/** A mark of data quality that nobody explained. */
export interface OpenMark {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly period: string;
  readonly rule: string;
  readonly message: string;
}

/** What readiness is composed of, all as of one moment. */
export interface ReadinessSight {
  readonly overview: Overview;
  /** Of each frequency whose period ends with that of the evaluation. */
  readonly obligations: readonly Obligations[];
  readonly marks: readonly OpenMark[];
}

/** All that is counted, unit by unit as far as it belongs to one. */
export function readinessEntries({ overview, obligations, marks }: ReadinessSight): ReadinessEntry[] {
  const names = new Map(overview.units.map(({ code, name }) => [code, name]));
  const entry = (line: ReadinessLine, { unit, ...of }: Omit<ReadinessEntry, 'id' | 'line' | 'unitName'>, more = '') => {
    const unitName = unit === undefined ? undefined : names.get(unit);
    return {
      id: [line, of.code, unit ?? '', of.period, ...(more ? [more] : [])].join('/'),
      ...{ line, ...(unit !== undefined && { unit }), ...(unitName !== undefined && { unitName }), ...of },
    };
  };
  return [
    ...obligations.flatMap(({ period, units }) =>
      units.flatMap(({ unit, obligations: owed }) =>
        owed
          .filter(({ kind }) => kind === 'indicator')
          .flatMap(({ code, name, state, note, overdue }) => {
            const of = { unit, code, name, period, ...(note !== undefined && { note }) };
            const lines: readonly ReadinessLine[] = [
              'due',
              ...linesOf[state],
              ...(overdue ? ['overdue' as const] : []),
            ];
            return lines.map((line) => entry(line, of));
          }),
      ),
    ),
    ...overview.programme.checks.map(({ check, subject, unit, text }) =>
      entry(
        'checks',
        {
          ...{ code: subject, name: checkWords[check], period: overview.period, note: text },
          ...(unit !== undefined && { unit }),
        },
        check,
      ),
    ),
    ...overview.indicators.flatMap(({ code, name, period, cells }) =>
      cells
        .filter(({ assessment }) => assessment.status === 'incomparable')
        .map(({ unit }) => entry('incomparable', { unit, code, name, period })),
    ),
    ...marks.map(({ rule, message, ...of }) => entry('marks', { ...of, note: message }, rule)),
  ];
}

const linesOf = {
  owed: ['unreported'],
  reported: ['reported', 'waiting'],
  returned: ['reported', 'returned'],
  approved: ['reported', 'approved'],
  missing: ['missing'],
} as const satisfies Record<Obligations['units'][number]['obligations'][number]['state'], readonly ReadinessLine[]>;

/** The counts of the entries, whole and by unit. */
export function readinessOf(
  { overview, obligations }: Pick<ReadinessSight, 'overview' | 'obligations'>,
  entries: readonly ReadinessEntry[],
  day: string,
): EvaluationReadiness {
  const units = judgedUnits({ units: overview.units }).filter(({ code }) =>
    obligations.some((each) => each.units.some(({ unit }) => unit === code)),
  );
  return {
    ...{ plan: overview.plan.plan, period: overview.period, day, totals: counted(entries) },
    units: units.map(({ code, name }) => ({
      ...{ unit: code, name },
      counts: counted(entries.filter(({ unit }) => unit === code)),
    })),
  };
}

function counted(entries: readonly ReadinessEntry[]): LineCounts {
  const counts = Object.fromEntries(readinessLines.map((line) => [line, 0])) as Record<ReadinessLine, number>;
  for (const { line } of entries) counts[line]++;
  return counts;
}

/** What is not ready, by line; none where nothing is. */
export const openLines = ({ totals }: Pick<EvaluationReadiness, 'totals'>): OpenLine[] =>
  openLineNames
    .filter((line) => totals[line] > 0)
    .map((line) => ({ line, count: totals[line], text: `${lineWords[line]} ${totals[line]} 项` }));
