import type { Command } from 'commander';
import type { BackTest, EarlyWarnings, IndicatorForecast } from '../forecasts/plan-forecasts.js';
import { snapshotNamed } from '../evaluations/read-snapshot.js';
import type { SnapshotForecasts } from '../evaluations/snapshot-forecasts.js';
import { expectedWords, methodWords, programmeExpectedWords } from '../forecasts/words.js';
import { path } from './connection.js';
import { table } from './output.js';
import { UsageError, withConnection, type Session } from './session.js';

interface Options {
  readonly plan?: string;
  readonly indicator?: string;
  readonly period?: string;
  readonly asOf?: string;
  readonly unit?: string;
  readonly backTest?: true;
  readonly snapshot?: string;
}

/** What is expected by the end of the plan. */
export function forecastCommands(program: Command): void {
  program
    .command('forecast')
    .description('预警：预计完不成规划目标的指标、不能按期完成的项目和任务；给出 --indicator 则为该指标各方法的预测')
    .option('--plan <规划>')
    .option('--indicator <指标>', '指标代码')
    .option('--period <期间>', '如 2022；不填即有数据的最近一期')
    .option('--as-of <日期>', '按该日掌握的数据；不填即今日')
    .option('--unit <单位>', '单位代码；不填即全部单位，单项指标为整个规划')
    .option('--back-test', '改为各预测方法的回溯检验')
    .option('--snapshot <存档>', '改为一份存档时的预测与后来的结果，如 midterm-2022/1')
    .action(withConnection<Options>(forecast));
}

async function forecast(session: Session, options: Options): Promise<void> {
  const { period, asOf, unit, indicator } = options;
  const { api, print } = session;
  const plan = path('plans', await session.planOf(options.plan));
  const asked = { period, asOf, unit };
  if (options.snapshot !== undefined) {
    const { id, number } = snapshotNamed(options.snapshot);
    if (number === undefined) throw new UsageError(`请写明评估编号和序号，如 ${id}/1`);
    const found = await api.get<SnapshotForecasts>(
      `${plan}/${path('evaluations', id, 'snapshots', number, 'forecasts')}`,
    );
    print(found, () => snapshotText(found));
  } else if (options.backTest) {
    const found = await api.get<BackTest>(`${plan}/back-test`, asked);
    print(found, () => backTestText(found));
  } else if (indicator === undefined) {
    const found = await api.get<EarlyWarnings>(`${plan}/early-warnings`, asked);
    print(found, () => warningsText(found));
  } else {
    const found = await api.get<IndicatorForecast>(`${plan}/${path('forecasts', indicator)}`, asked);
    print(found, () => forecastText(found));
  }
}

type Interval = { readonly lower: string; readonly upper: string } | undefined;

const intervalText = (interval: Interval): string => (interval ? `${interval.lower} 至 ${interval.upper}` : '—');

const demoText = (demo: boolean): string => (demo ? '　【含示例数据】' : '');

function warningsText({ period, counts, warnings, programme }: EarlyWarnings): string {
  const kinds = Object.entries(expectedWords) as [keyof typeof counts, string][];
  const counted = kinds.flatMap(([kind, word]) => (counts[kind] > 0 ? [`${word} ${counts[kind]}`] : []));
  const rows = warnings.map(({ unit, code, name, last, forecast: expected, certain, target, method, values, demo }) => [
    unit,
    `${code} ${name}${demo ? '（示例）' : ''}`,
    `${last.shown}（${last.period}）`,
    `${expected.value}（${expected.period}）`,
    `${intervalText(expected.interval)}${certain ? '，都完不成' : ''}`,
    target.shown ?? '—',
    `${methodWords[method]}，${values} 期`,
  ]);
  const head = `预警　${period}　${counted.join('，')}${demoText(warnings.some(({ demo }) => demo))}`;
  const numbers = ['现值', '预计', '80% 区间', '目标'];
  return [
    head,
    ...(rows.length === 0 ? [] : [table(['单位', '指标', ...numbers, '方法'], rows, numbers)]),
    programmeText(programme),
  ].join('\n');
}

const kindWords = { project: '项目', task: '任务' } as const;

function programmeText({ warnings, counts }: EarlyWarnings['programme']): string {
  const expected = Object.entries(programmeExpectedWords) as [keyof typeof counts.project, string][];
  const counted = (kind: keyof typeof kindWords) =>
    `${kindWords[kind]}　${expected.flatMap(([each, word]) => (counts[kind][each] > 0 ? [`${word} ${counts[kind][each]}`] : [])).join('，') || '无'}`;
  const numbers = ['形象进度', '此前每月', '今后每月需', '计划完成', '预计完成'];
  const rows = warnings.map((each) => [
    each.unit ?? '—',
    `${each.id} ${each.name}${each.demo ? '（示例）' : ''}`,
    `${each.percent}%（${each.on}）`,
    each.paceSeen,
    each.paceNeeded ?? '—',
    each.due,
    each.end === undefined ? programmeExpectedWords.standstill : `${each.end}（晚 ${each.daysLate} 天）`,
  ]);
  const heads = [counted('project'), counted('task')];
  return [...heads, ...(rows.length === 0 ? [] : [table(['单位', '项目或任务', ...numbers], rows, numbers)])].join(
    '\n',
  );
}

function forecastText({
  code,
  name,
  unit,
  unitOfMeasure,
  values,
  target,
  methods,
  chosen,
  why,
  demo,
}: IndicatorForecast) {
  const head = `${code} ${name}（${unitOfMeasure}）　${unit}${demoText(demo)}`;
  const known = `数值　${values.map(({ period, shown }) => `${period} ${shown}`).join('，') || '无'}`;
  if (why) return [head, known, `不作预测：${expectedWords[why]}`].join('\n');
  const periods = methods[0]?.points.map(({ period }) => period) ?? [];
  const rows = methods.map(({ method, points, meets }) => [
    `${methodWords[method]}${method === chosen ? '（预警依此）' : ''}`,
    ...points.map(({ value, cut }) => `${value}${cut ? '（已截至限值）' : ''}`),
    intervalText(points.at(-1)?.interval),
    meets ? expectedWords.meets : expectedWords.misses,
  ]);
  return [
    head,
    known,
    `目标　${target?.period ?? ''} ${target?.shown ?? '—'}`,
    table(['方法', ...periods, '期末的 80% 区间', '与目标相比'], rows, [...periods, '期末的 80% 区间']),
  ].join('\n');
}

function backTestText({ period, series, outcomes, demo }: BackTest): string {
  return outcomesText(`预测方法的回溯检验　${period}　${series} 列数值${demoText(demo)}`, outcomes);
}

function snapshotText({
  evaluation,
  snapshot,
  period,
  pending,
  outcomes,
  forecastHash,
  demo,
}: SnapshotForecasts): string {
  const head = `${evaluation}/${snapshot} 存档时的预测与结果　${period}　尚无数值的 ${pending} 个${demoText(demo)}`;
  return outcomesText([head, `预测内容的 SHA-256　${forecastHash}`].join('\n'), outcomes);
}

function outcomesText(head: string, outcomes: BackTest['outcomes']): string {
  if (outcomes.length === 0) return `${head}\n还没有可以检验的预测`;
  const numbers = ['向前期数', '次数', '平均误差', '平均偏差', '落在 80% 区间内'];
  const rows = outcomes.map(({ method, horizon, count, scaledError, scaledBias, coverage, isFew }) => [
    methodWords[method],
    String(horizon),
    `${count}${isFew ? '（不足 10 次，不作比较）' : ''}`,
    scaledError ?? '—',
    scaledBias ?? '—',
    coverage ? `${coverage.share}%（${coverage.count} 次）` : '—',
  ]);
  return [head, table(['方法', ...numbers], rows, numbers), '误差以此前逐期变动的平均幅度为 1'].join('\n');
}
