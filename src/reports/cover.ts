import { isDeepStrictEqual } from 'node:util';
import { defaultEvaluationRules } from '../plans/evaluation-rules.js';
import { firstDayOf, lastDayOf, wholeYear, type FiscalYear } from '../kernel/period.js';
import { code, strong, terms, type Line, type Terms } from './model.js';
import { demoFlag } from './marks.js';
import { spanWords } from './programme-words.js';
import type { Subject } from './subject.js';
import { momentWords, periodWords } from './words.js';

/** What the report is about, for what, by whom, and as of when. */
export function frontMatter(subject: Subject): Terms {
  const { content, evaluation, entry, overview, zone } = subject;
  const { plan } = overview;
  return terms([
    ['评估', `${content.title}（编号 ${evaluation.id}）`],
    ['评估依据', evaluation.basis],
    ['评估目的', evaluation.purpose],
    ['评估标准', evaluation.standard],
    ['评估方法', evaluation.method],
    ['评估单位', evaluation.evaluator],
    ['评估时间', evaluation.window],
    [
      '评估期间',
      `${periodWords(overview.period)}（规划期 ${spanWords(...spanOf(plan))}，基期 ${periodWords(plan.baseline)}）`,
    ],
    ['财政年度', plan.fiscalYear && fiscalYearWords(plan.fiscalYear)],
    ['截至', `${momentWords(content.asOf, zone)}（${zone}）。此后才知悉的补报、更正、调整不在内`],
    ['状态', standing(subject)],
    [
      '快照',
      `第 ${entry.number} 份（共 ${evaluation.snapshots.length} 份），${entry.by}于 ${momentWords(entry.knownAt, zone)}冻结，日志位置 ${entry.position}`,
    ],
    ['固定地址', [{ kind: 'address', to: permanentAddress(subject) }, '（各数不变，其后知悉的变动写在该数旁）']],
    ['SHA-256', code(entry.contentHash)],
    ['评估规则', rulesWords(subject)],
  ]);
}

/** Where the same numbers stay, and what became known since stands beside them; below the address of the installation. */
export const permanentAddress = ({ overview, evaluation, entry }: Subject): string =>
  `/p/${overview.plan.plan}/evaluations/${evaluation.id}/snapshots/${entry.number}`;

const spanOf = (plan: Subject['overview']['plan']): [string, string] => [
  wholeYear(plan.startYear, plan).text,
  wholeYear(plan.endYear, plan).text,
];

/** The months of a fiscal year, by the example of one. */
function fiscalYearWords(fiscalYear: FiscalYear): string {
  const { firstMonth, namedAfter } = fiscalYear;
  const year = wholeYear(exampleYear, { fiscalYear });
  const [first, last] = [firstDayOf(year, { fiscalYear }), lastDayOf(year, { fiscalYear })];
  const named = namedAfter === 'end' ? '结束年' : '起始年';
  return `自每年 ${firstMonth} 月起，以${named}为名：${periodWords(year.text)}即 ${monthWords(first)}至 ${monthWords(last)}`;
}

const exampleYear = 2024;
const monthWords = (day: string) => periodWords(day.slice(0, 7));

/** Warnings: demonstration data, and content whose hash does not match. */
export function banners({ demo, intact, overview }: Subject): Line[] {
  return [
    ...(demo
      ? [
          [
            strong('含示例数据，不得引用。'),
            '本报告中标',
            demoFlag,
            `的数值、目标为虚构的演示数据；由其算出的进度、判断、指数、名次同样只供演示，不反映${overview.plan.territory}的实际情况。`,
          ],
        ]
      : []),
    ...(intact
      ? []
      : [[strong('内容与哈希不符。'), '本报告所依据的快照内容，其 SHA-256 与冻结时记录的不同，不得采信。']]),
  ];
}

function standing({ evaluation, entry }: Subject): string {
  const { published, supersededBy } = evaluation;
  const own =
    published === undefined
      ? '工作稿，尚未发布'
      : published === entry.number
        ? '已发布'
        : `非发布稿（发布的是第 ${published} 份快照）`;
  return supersededBy === undefined ? own : `${own}；该评估已由 ${supersededBy} 接替`;
}

/** Version and source of the evaluation rules, and whether they are the unofficial defaults. */
export function rulesWords({ overview }: Subject): string {
  const { version, rules } = overview.rules;
  const which = version === 0 ? '规划未设规则，用本系统默认值' : `第 ${version} 版`;
  // Rules without margins of a limit may state the defaults for everything that they state.
  const thresholds = (of: typeof rules) => ({ ...of, source: '', limit: of.limit ?? defaultEvaluationRules.limit });
  const own = isDeepStrictEqual(thresholds(rules), thresholds(defaultEvaluationRules));
  return `${which}。出处：${rules.source}${own ? '。各项阈值即本系统默认值，不是官方标准' : ''}`;
}
