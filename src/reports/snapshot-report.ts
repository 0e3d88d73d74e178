import type { EvaluationDocument, SnapshotEntry } from '../evaluations/evaluation.projection.js';
import type { SnapshotContent } from '../evaluations/snapshot.js';
import { assumptions, context, countyFigures, definitions, rules, verification } from './appendix.js';
import { banners, frontMatter } from './cover.js';
import { dataQuality } from './data-quality.js';
import { indicatorDetails } from './indicator-details.js';
import { indicators } from './indicators.js';
import { issues, recommendations } from './issues.js';
import { adjustments, judged, lessons } from './judged.js';
import { longSeries } from './long-series.js';
import { overall } from './overall.js';
import { engineCheckTable, planFindingTable } from './plan-findings.js';
import { policies, policyTable } from './policies.js';
import { citedPolicies, projectOddities, projectTable, promiseTable } from './programme-annex.js';
import { projectLists } from './project-lists.js';
import { projects } from './projects.js';
import { otherPromises, promises } from './promises.js';
import { flatBlocks, type Blocks, type Chapter, type Report } from './model.js';
import { marked, readSubject, type Subject } from './subject.js';
import { tasks, taskTable } from './tasks.js';
import { duties, units } from './units.js';
import { warnings } from './warnings.js';
import { kindTitles, momentWords, titleOf } from './words.js';
import { titled } from '../plans/plan-in-language.js';

/**
 * The report of a snapshot. It is made only from the frozen content and from the evaluation's own findings and
 * recommendations. It is in Chinese; its names are in the language that is asked for, as far as the plan has them in it.
 * Where the content is only a part of a snapshot, `only` are the chapters that such a report has.
 */
export function snapshotReport(
  content: SnapshotContent,
  evaluation: EvaluationDocument,
  entry: SnapshotEntry,
  language?: string,
  only?: readonly string[],
): Report {
  const subject = readSubject(content, evaluation, entry, language, only !== undefined);
  const asked = (parts: readonly Part[]) => parts.filter(({ key }) => !only || only.includes(key));
  const { overview, zone, demo } = subject;
  const kind = titleOf(overview.period, content.kind);
  const [chapters, attached] = [written(subject, asked(body)), written(subject, asked(annexes))];
  const present = new Set([...chapters, ...attached].map(({ key }) => key));
  const leftOut = asked([...body, ...annexes])
    .filter(({ key }) => !present.has(key))
    .map((part) => titleIn(subject, part));
  // Only what nobody outside writes: it stands in a style sheet.
  const hash = entry.contentHash.replace(/[^0-9a-f]/g, '').slice(0, 12);
  return {
    title: {
      ...{ plan: marked(subject, titled(overview.plan)), kind },
      page: `${overview.plan.title} ${kind} ${evaluation.id}/${entry.number}`,
    },
    territory: overview.plan.territory,
    cutOff: `截至 ${momentWords(content.asOf, zone)}所知`,
    banners: banners(subject),
    front: frontMatter(subject),
    ...{ chapters, annexes: attached, leftOut },
    demo,
    source: {
      ...{ plan: overview.plan.plan, evaluation: evaluation.id, snapshot: entry.number },
      contentHash: entry.contentHash,
    },
    foot: `${kindTitles[content.kind]}　快照 SHA-256 ${hash}…`,
  };
}

interface Part {
  readonly key: string;
  readonly title: string | ((subject: Subject) => string);
  readonly of: (subject: Subject) => Blocks;
  readonly wide?: true;
}

const body: readonly Part[] = [
  { key: 'overall', title: '总体评价', of: overall },
  { key: 'indicators', title: '主要指标实现情况', of: indicators, wide: true },
  { key: 'tasks', title: '重点任务', of: tasks },
  { key: 'projects', title: '重大项目', of: projects },
  { key: 'policies', title: '政策改革', of: policies },
  { key: 'promises', title: '规划承诺兑现', of: promises },
  { key: 'warnings', title: '预警', of: warnings },
  { key: 'issues', title: '问题及原因', of: issues },
  { key: 'judged', title: '各方判断', of: judged },
  { key: 'lessons', title: '经验做法', of: lessons },
  { key: 'recommendations', title: '对策建议', of: recommendations },
  { key: 'adjustments', title: '规划调整意见', of: adjustments },
];

const annexes: readonly Part[] = [
  { key: 'units', title: ({ belowWord }) => `分${belowWord}情况`, of: units, wide: true },
  { key: 'duties', title: ({ belowWord }) => `${belowWord}责任清单`, of: duties },
  { key: 'indicator-details', title: '主要指标逐项说明', of: indicatorDetails },
  { key: 'long-series', title: '跨规划序列', of: longSeries },
  { key: 'figures', title: ({ belowWord }) => `${belowWord}数据`, of: countyFigures },
  { key: 'data-quality', title: '数据质量', of: dataQuality },
  { key: 'task-table', title: '重点任务逐项进展', of: taskTable },
  { key: 'project-lists', title: '重大项目分类清单', of: projectLists },
  { key: 'project-table', title: '重大项目总表', of: projectTable, wide: true },
  { key: 'project-oddities', title: '重大项目的原文疑点与读法', of: projectOddities },
  { key: 'policy-table', title: '政策和制度逐项情况', of: policyTable },
  { key: 'cited-policies', title: '规划引用的政策', of: citedPolicies },
  { key: 'other-promises', title: '已实现的和按规则计算的承诺', of: otherPromises },
  { key: 'promise-table', title: '规划承诺总表', of: promiseTable },
  { key: 'plan-findings', title: '规划文本的矛盾和疑点', of: planFindingTable },
  { key: 'checks', title: '系统自动核查的发现', of: engineCheckTable },
  { key: 'definitions', title: '指标定义', of: definitions },
  { key: 'rules', title: '评估规则', of: rules },
  { key: 'assumptions', title: '假设', of: assumptions },
  { key: 'context', title: '对照数据', of: context },
  { key: 'verification', title: '核验', of: verification },
];

/** The parts that have content. */
const written = (subject: Subject, parts: readonly Part[]): Chapter[] =>
  parts.flatMap((part) => {
    const { key, of, wide = false } = part;
    const blocks = flatBlocks(of(subject));
    return blocks.length > 0 ? [{ key, title: titleIn(subject, part), blocks, wide }] : [];
  });

const titleIn = (subject: Subject, { title }: Part): string => (typeof title === 'string' ? title : title(subject));
