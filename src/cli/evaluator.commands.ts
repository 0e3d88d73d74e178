import type { Command } from 'commander';
import type { EvaluationDocument } from '../evaluations/evaluation.projection.js';
import type { EvaluationKind } from '../evaluations/evaluation.events.js';
import type { IndicatorHistory } from '../overview/indicator-history.js';
import type { OverviewNow } from '../overview/overview-later.js';
import { parsePeriod, wholeYear } from '../kernel/period.js';
import { assertUnitThen, judgedUnitOf } from '../plans/lookup.js';
import { topUnit } from '../plans/plan.projection.js';
import { snapshotNamed } from '../evaluations/read-snapshot.js';
import type { Verification } from '../evaluations/snapshot.js';
import { Decimal, shownWith } from '../assessment/decimals.js';
import { isMeasured } from '../assessment/measured.js';
import { brokenDownText, outlookWords, statusWords, verdictWords } from '../assessment/words.js';
import type { CommandAnswer } from '../http/api-models.js';
import type { Status } from '../assessment/judgement.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { shownTarget } from '../kernel/target-value.js';
import { ApiProblem, path } from './connection.js';
import { findingText, momentText, percent, points, statusText, table, targetText } from './output.js';
import { ExitCode, UsageError, withConnection, type Session } from './session.js';

const inLanguage = ['--language <语言>', '名称所用的语言，如 en；没有的仍用规划本身的语言'] as const;
const attributeWords = { binding: '约束性', expected: '预期性' } as const;

/**
 * Commands for evaluators: the state as known on a day, an indicator's history, and snapshots with verification.
 */
export function evaluatorCommands(program: Command): void {
  program
    .command('show')
    .description('总览：某期间、按某日掌握的全部指标与指数')
    .option('--plan <规划>', '规划代码；只有一个规划时可省')
    .option('--period <期间>', '如 2022；不填即有数据的最近一期')
    .option('--as-of <日期>', '按该日掌握的数据，如 2023-06-30')
    .option('--at-position <位置>', '按日志当时的位置')
    .option('--unit <单位>', '单位代码；不填即整个规划')
    .option(...inLanguage)
    .action(withConnection(show));

  program
    .command('history')
    .description('一项指标历年的首报值、更正与目标')
    .argument('<指标>', '指标代码')
    .option('--plan <规划>')
    .option('--unit <单位>')
    .option('--as-of <日期>')
    .option(...inLanguage)
    .action(withConnection(history));

  program
    .command('evaluate')
    .description('生成评估存档：annual 年度监测、midterm 中期评估、final 总结评估')
    .argument('<类型>', 'annual | midterm | final')
    .option('--plan <规划>')
    .option('--period <期间>', '不填：中期评估为规划中期，总结评估为结束年')
    .option('--as-of <日期>', '按该日掌握的数据；不填即现在')
    .option('--id <编号>', '评估编号；不填即 类型-期间')
    .option('--title <标题>')
    .option('--evaluator <单位>', '评估单位')
    .action(withConnection(evaluate));

  program
    .command('verify')
    .description('由日志重算快照并核对哈希；不符则退出码 3')
    .argument('<快照>', '评估编号/序号，如 midterm-2022/1')
    .option('--plan <规划>')
    .action(withConnection(verify));
}

interface Options {
  plan?: string;
  period?: string;
  asOf?: string;
  atPosition?: string;
  unit?: string;
  language?: string;
}

async function show({ api, print, planOf }: Session, { plan, unit, ...asking }: Options): Promise<void> {
  const code = await planOf(plan);
  const { period, asOf, atPosition, language } = asking;
  const moment = { period, asOf, atPosition, language };
  const overview = await api.get<OverviewNow>(`${path('plans', code)}/overview`, moment);
  const asked = unit ?? topUnit(overview) ?? '';
  if (!overview.units.some((each) => each.code === asked)) {
    assertUnitThen(await api.get<PlanDocument>(path('plans', code)), asked, parsePeriod(overview.period));
  }
  const { code: shown, name } = judgedUnitOf(overview, asked);
  print(overview, () => {
    const index = overview.indexes.find((entry) => entry.unit === shown)?.index;
    const at = overview.asOf
      ? `截至 ${momentText(overview.asOf, overview.plan.timeZone)} 掌握的数据`
      : '截至今日掌握的数据';
    const rows = overview.indicators.flatMap((row) => {
      const cell = row.cells.find((found) => found.unit === shown);
      if (!cell) return [];
      const { assessment, targets } = cell;
      const target = (year: string | undefined) => targetText(targets.find((entry) => entry.period === year));
      const verdict = assessment.verdict ?? assessment.outlook;
      return [
        [
          row.code,
          `${row.name}（${row.definition.unitOfMeasure}）`,
          attributeWords[row.attribute],
          findingText(cell.base),
          target(overview.plan.midterm),
          target(wholeYear(overview.plan.endYear, overview.plan).text),
          findingText(cell.value) +
            (cell.cumulativeSum === undefined
              ? ''
              : `\n累计 ${shownWith(row.decimals, new Decimal(cell.cumulativeSum))}`) +
            (cell.later ? `\n后来：${cell.later.shown ?? '无'}` : ''),
          percent(assessment.completionRate),
          percent(assessment.progress),
          percent(assessment.scheduled),
          points(assessment.lead),
          statusText(assessment),
          verdict ? { ...outlookWords, ...verdictWords }[verdict].zh : '—',
        ],
      ];
    });
    const { midterm, endYear } = overview.plan;
    const end = wholeYear(endYear, overview.plan).text;
    const head = [
      '码',
      '指标',
      '属性',
      '基期',
      `${midterm ?? ''}目标`,
      `${end}目标`,
      '本期',
      '完成率',
      '进度',
      '序时',
      '超前',
      '判断',
      '趋势',
    ];
    return [
      `${overview.plan.title}　${overview.period}　${name}　${at}${overview.demo ? '　【含示例数据】' : ''}`,
      index?.value
        ? `指数 ${Number(index.value).toFixed(2)}（覆盖 ${percent(index.coverage)}）${index.vetoed.length > 0 ? `　约束性指标否决：${index.vetoed.join('、')}` : ''}`
        : '指数：暂无数据',
      table(head, rows, ['基期', head[4]!, head[5]!, '本期', '完成率', '进度', '序时', '超前']),
      `评估规则：${overview.rules.rules.source}`,
    ].join('\n');
  });
}

async function history({ api, print, planOf }: Session, options: Options, code: string): Promise<void> {
  const { unit, asOf, language } = options;
  const plan = await planOf(options.plan);
  const asked = { unit, asOf, language };
  const found = await api.get<IndicatorHistory>(`${path('plans', plan, 'indicators', code)}/history`, asked);
  const { timeZone } = await api.get<{ timeZone: string }>(path('plans', plan));
  print(found, () => {
    const rows = found.points.map(({ period, unitName, value, target, required, range, status, changes }) => [
      unitName === undefined ? period : `${period} ${unitName}`,
      changes[0]?.shown ?? '—',
      findingText(value),
      target === undefined ? '—' : shownTarget(target),
      range ? `${range.lower}–${range.upper}` : required === undefined ? '—' : Number(required).toFixed(2),
      statusWords[status as Status].zh,
      changes.map(({ knownAt, shown }) => `${momentText(knownAt, timeZone)} ${shown ?? '（无）'}`).join('\n'),
    ]);
    return [
      `${found.code} ${found.name}（${found.unitOfMeasure}）　${found.unit}`,
      table(['期间', '首报', '现值', '目标', '序时要求', '判断', '何时掌握'], rows, [
        '首报',
        '现值',
        '目标',
        '序时要求',
      ]),
      ...found.points.flatMap(({ period, value }) =>
        ((isMeasured(value) && value.breakdowns) || []).map((each) => `${period} ${brokenDownText(each)}`),
      ),
    ].join('\n');
  });
}

interface EvaluateOptions extends Options {
  id?: string;
  title?: string;
  evaluator?: string;
}

async function evaluate({ api, print, planOf }: Session, options: EvaluateOptions, kind: string): Promise<void> {
  const plan = await planOf(options.plan);
  const document = await api.get<PlanDocument>(path('plans', plan));
  const { midterm, endYear, timeZone } = document;
  const final = wholeYear(endYear, document).text;
  const period = options.period ?? (kind === 'midterm' ? midterm : kind === 'final' ? final : undefined);
  const id = options.id ?? `${kind}-${period ?? ''}`;
  const { title, evaluator, asOf } = options;
  const resource = path('plans', plan, 'evaluations', id);
  const existing = await findEvaluation(api, resource);
  if (!existing) await api.post(resource, { kind: kind as EvaluationKind, period, title, evaluator });
  const answer = await api.post<CommandAnswer>(`${resource}/snapshots`, { asOf });
  const evaluation = await api.get<EvaluationDocument>(resource);
  const snapshot = evaluation.snapshots.find(({ number }) => number === answer.snapshot!.number)!;
  print({ evaluation: id, ...snapshot, unchanged: answer.events.length === 0 }, () =>
    [
      `${evaluation.title}　快照 ${id}/${snapshot.number}${answer.events.length === 0 ? '（内容与已有快照相同，没有新增）' : ''}`,
      `SHA-256 ${snapshot.contentHash}`,
      `截点：期间 ${snapshot.period}，${momentText(snapshot.asOf, timeZone)} 掌握的数据，系统记录序号 ${snapshot.position}，规则第 ${snapshot.rulesVersion} 版`,
      `指数 ${snapshot.summary.index ? Number(snapshot.summary.index).toFixed(2) : '—'}（覆盖 ${percent(snapshot.summary.coverage)}）`,
      Object.entries(snapshot.summary.statuses)
        .map(([status, count]) => `${statusWords[status as Status].zh} ${count}`)
        .join(' · '),
    ].join('\n'),
  );
}

async function findEvaluation(api: Session['api'], resource: string): Promise<EvaluationDocument | undefined> {
  try {
    return await api.get<EvaluationDocument>(resource);
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.code === 'evaluation.unknown') return undefined;
    throw error;
  }
}

async function verify({ api, print, planOf, end }: Session, options: Options, name: string): Promise<void> {
  const { id, number } = snapshotNamed(name);
  if (number === undefined) throw new UsageError(`请写明评估编号和序号，如 ${id}/1`);
  const plan = await planOf(options.plan);
  const result = await api.post<Verification>(
    `${path('plans', plan, 'evaluations', id, 'snapshots', number)}/verification`,
    {},
  );
  print(result, () =>
    [
      `快照 ${name}　${result.reproduced ? '可复现：由日志重算的哈希一致' : '不能复现：由日志重算的哈希不同'}`,
      `记录 ${result.contentHash}`,
      `重算 ${result.recomputedHash}（${result.events} 个事件）`,
      `存档文件 ${{ intact: '完好', missing: '缺失', damaged: '已损坏' }[result.stored]}`,
    ].join('\n'),
  );
  if (!result.reproduced || result.stored !== 'intact') end(ExitCode.notProven);
}
