import type { FindingSubject, findingSeverities } from '../../findings/finding.events.js';
import { Decimal, shownWith, text, withoutZeros } from '../../assessment/decimals.js';
import { isMeasured } from '../../assessment/measured.js';
import { currentMethod, type Method } from '../../assessment/method.js';
import type { IndicatorRow } from '../indicator-row.js';
import type { PoliciesNow } from './policies.js';
import type { ProjectFlag, ProjectNow, ProjectsNow } from './projects.js';
import type { PromisesNow } from './promises.js';
import type { TasksNow } from './tasks.js';

/**
 * A problem that the engine detects on reading. It is not recorded as an event and disappears when its cause is
 * resolved.
 */
export interface Check {
  readonly check: CheckKind;
  readonly severity: (typeof findingSeverities)[number];
  readonly subjectType: FindingSubject;
  readonly subject: string;
  readonly unit?: string;
  /** Chinese text for display. */
  readonly text: string;
  readonly demo: boolean;
}

export type CheckKind =
  | 'totals-disagree'
  | 'total-falls'
  | 'over-hundred'
  | 'rule-broken'
  | 'promise-broken'
  | 'package-sum'
  | 'policy-overdue'
  | 'task-overdue'
  | `project-${ProjectFlag}`;

export interface Checked {
  readonly indicators: readonly IndicatorRow[];
  readonly promises: PromisesNow;
  readonly projects: ProjectsNow;
  readonly policies: PoliciesNow;
  readonly tasks: TasksNow;
  /** The unit of the projects' amounts. */
  readonly money: string;
}

export function checksOf(
  { indicators, promises, projects, policies, tasks, money }: Checked,
  { unreported, decimals }: Pick<Method, 'unreported' | 'decimals'> = currentMethod,
): Check[] {
  const flagTexts = unreported === 'zero' ? { ...projectTexts, ...textsOfZero } : projectTexts;
  return [
    ...indicators.flatMap((row) => indicatorChecks(row, decimals)),
    ...promises.list.flatMap(promiseChecks),
    ...projects.list.flatMap((project) => projectChecks(project, flagTexts, money)),
    ...packageChecks(projects.list, money),
    ...policies.list
      .filter(({ timeliness }) => timeliness === 'overdue')
      .map(({ id, name, due, demo }): Check => ({
        ...{ check: 'policy-overdue', severity: 'medium', subjectType: 'policy', subject: id, demo },
        text: `《${name}》应于${when(due!)}底前出台，尚未印发`,
      })),
    ...tasks.list
      .filter(({ overdue }) => overdue)
      .map(({ id, title, due, demo }): Check => ({
        ...{ check: 'task-overdue', severity: 'medium', subjectType: 'task', subject: id, demo },
        text: `${title}：期限 ${due} 已过，尚未完成`,
      })),
  ];
}

function indicatorChecks(row: IndicatorRow, decimals: Method['decimals']): Check[] {
  const { code, name, kind, definition } = row;
  const differenceText = (difference: string) => {
    const shown = shownWith(row.decimals, new Decimal(difference));
    return decimals === 'shortest' ? withoutZeros(shown) : shown;
  };
  return row.cells.flatMap(({ unit, value }): Check[] => {
    if (!isMeasured(value)) return [];
    const about = { subjectType: 'indicator', subject: code, unit, demo: value.demo } as const;
    const { disagreement, shown, exact } = value;
    return [
      ...(disagreement
        ? [
            {
              ...about,
              check: 'totals-disagree' as const,
              severity: 'high' as const,
              text: `${name}：自报 ${disagreement.reported}，下级合计 ${disagreement.computed}，相差 ${differenceText(disagreement.difference)}`,
            },
          ]
        : []),
      ...(kind === 'cumulative' && new Decimal(exact).isNegative()
        ? [
            {
              ...about,
              check: 'total-falls' as const,
              severity: 'high' as const,
              text: `${name}：本期为 ${shown}，累计数下降`,
            },
          ]
        : []),
      ...(definition.unitOfMeasure === '%' && definition.maximum === undefined && new Decimal(exact).greaterThan(100)
        ? [
            {
              ...about,
              check: 'over-hundred' as const,
              severity: 'medium' as const,
              text: `${name}：${shown}% 超过 100%，分子大于分母`,
            },
          ]
        : []),
    ];
  });
}

function promiseChecks(promise: PromisesNow['list'][number]): Check[] {
  const { id, statement, state, rule, shown, target, judgedPeriod, indicator, repeats, demo } = promise;
  // A promise that repeats a main indicator is checked with that indicator.
  if (state !== 'not-kept' || repeats || indicator === undefined) return [];
  const about = { severity: 'high', subjectType: 'promise', subject: id, demo } as const;
  return [
    rule === undefined
      ? { ...about, check: 'promise-broken', text: `${statement}：${judgedPeriod} 为 ${shown}，未达到 ${target}` }
      : { ...about, check: 'rule-broken', text: `${statement}：${judgedPeriod} 为 ${shown}，按规则应为 ${target}` },
  ];
}

type FlagTexts = Readonly<Record<ProjectFlag, (project: ProjectNow, money: string) => string>>;

const projectTexts: FlagTexts = {
  'start-overdue': ({ plannedStart }) => `计划${when(plannedStart)}开工，没有报告开工`,
  overdue: ({ plannedEnd, percent, standing }) => {
    const works = percent === undefined ? '没有报告形象进度' : `形象进度 ${rounded(percent)}%`;
    return `应于${when(plannedEnd)}竣工，${standing === 'registered' ? '没有报告开工' : `没有报告竣工（${works}）`}`;
  },
  suspended: ({ because }) => `停工${because ? `：${because}` : ''}`,
  'money-ahead': ({ investmentRate, percent }) =>
    `资金超前于形象进度：投资完成率 ${rounded(investmentRate!)}%，形象进度 ${rounded(percent!)}%`,
  'over-budget': ({ invested, investment }, money) =>
    `累计投资 ${invested} ${money}，超过总投资 ${investment} ${money}`,
};

/** The texts of method 1, which took what nobody reported for 0. */
const textsOfZero: Pick<FlagTexts, 'start-overdue' | 'overdue' | 'money-ahead'> = {
  'start-overdue': ({ plannedStart }) => `计划${when(plannedStart)}开工，尚未开工`,
  overdue: ({ plannedEnd, percent = '0' }) => `应于${when(plannedEnd)}竣工，尚未竣工（形象进度 ${rounded(percent)}%）`,
  'money-ahead': ({ investmentRate, percent = '0' }) =>
    `资金超前于形象进度：投资完成率 ${rounded(investmentRate!)}%，形象进度 ${rounded(percent)}%`,
};

const severe: readonly ProjectFlag[] = ['overdue', 'money-ahead', 'over-budget'];
/** `2022` → 2022年; a half-year, quarter or month stays unchanged. */
const when = (period: string) => (/^\d{4}$/.test(period) ? `${period}年` : ` ${period} `);
const rounded = (number: string) => text(new Decimal(number).toDecimalPlaces(1));

function projectChecks(project: ProjectNow, flagTexts: FlagTexts, money: string): Check[] {
  const { id, name, unit, flags, demo } = project;
  return flags.map((flag) => ({
    ...{ check: `project-${flag}` as const, severity: severe.includes(flag) ? ('high' as const) : ('medium' as const) },
    ...{ subjectType: 'project' as const, subject: id, unit, demo },
    text: `${name}：${flagTexts[flag](project, money)}`,
  }));
}

/** Compares the investment of each package with the sum of its parts. */
function packageChecks(projects: readonly ProjectNow[], money: string): Check[] {
  return projects.flatMap((whole): Check[] => {
    const parts = projects.filter((part) => part.package === whole.id);
    if (parts.length === 0) return [];
    const sum = parts.reduce((total, { investment }) => total.plus(investment), new Decimal(0));
    if (sum.equals(whole.investment)) return [];
    return [
      {
        ...{ check: 'package-sum', severity: 'low', subjectType: 'project', subject: whole.id, unit: whole.unit },
        text: `${whole.name}：总投资 ${whole.investment} ${money}，${parts.length} 个子项合计 ${text(sum)} ${money}`,
        demo: [whole, ...parts].some(({ demo }) => demo),
      },
    ];
  });
}
