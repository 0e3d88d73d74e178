import type { Command } from 'commander';
import type { LongSeriesWithOrigins } from '../continuity/base-origin.js';
import type { ReportResult } from '../reporting/report-result.js';
import { path } from './connection.js';
import { table } from './output.js';
import { sendRows, type SendingOptions } from './reporting.commands.js';
import { withConnection, type Session } from './session.js';

interface SeriesOptions {
  readonly plan?: string;
  readonly indicator?: string;
  readonly unit?: string;
  readonly asOf?: string;
}

interface TakeoverOptions extends SendingOptions {
  readonly plan?: string;
  readonly from: string;
  readonly reason?: string;
}

/** Indicators through the plans that they continue, and the bases of one plan from the final evaluation of another. */
export function continuityCommands(program: Command): void {
  program
    .command('long-series')
    .description('跨规划序列：衔接了原规划的指标，历期的数值、折算值，基期与原规划是否一致')
    .option('--indicator <指标>', '指标代码；不填即全部衔接的指标')
    .option('--unit <单位>', '单位代码；不填即整个规划')
    .option('--as-of <日期>', '按该日掌握的数据；不填即今日')
    .option('--plan <规划>')
    .action(withConnection<SeriesOptions>(series));

  program
    .command('take-over-base')
    .description('承接基期：把原规划已发布的总结评估中的数值，作为本规划衔接指标的基期上报：全有或全无')
    .argument('<总结评估>', '如 final-2025')
    .requiredOption('--from <原规划>', '原规划的代码')
    .option('--dry-run', '试报：逐行说明将新增、更改、不变或被拒，不写入任何数据')
    .option('--reason <事由>', '已有基期而不同的，更正的事由')
    .option('--accept-warnings [编号]', '接受警告：写明编号或代码，以逗号分隔；不写即全部接受')
    .option('--plan <规划>')
    .action(withConnection<TakeoverOptions>(takeOver));
}

async function series({ api, print, planOf }: Session, options: SeriesOptions): Promise<void> {
  const plan = path('plans', await planOf(options.plan));
  const { indicator, unit, asOf } = options;
  const found =
    indicator === undefined
      ? await api.get<LongSeriesWithOrigins[]>(`${plan}/long-series`, { unit, asOf })
      : [
          await api.get<LongSeriesWithOrigins>(`${plan}/${path('indicators', indicator, 'long-series')}`, {
            unit,
            asOf,
          }),
        ];
  print(found, () =>
    found.length === 0 ? '本规划没有指标衔接在先的规划' : found.map((each) => seriesText(each).join('\n')).join('\n\n'),
  );
}

const outcomeWords = { agrees: '一致', differs: '不一致', 'not-comparable': '口径不同，不可比' } as const;

function seriesText({ code, name, unit, unitOfMeasure, parts, bases, origins, beyond, demo }: LongSeriesWithOrigins) {
  return [
    `${code} ${name}　${unit}　${unitOfMeasure}${demo ? '　【含示例数据】' : ''}`,
    table(
      ['规划', '指标', '期间', '数值', '折算值', '目标', '说明'],
      parts.flatMap(({ title, code: own, factor, points }) =>
        points.map(({ period, shown = '—', rebased = '', target = '', isBase }) => [
          ...[title, own, period, shown, rebased, target],
          [isBase ? '基期' : '', factor === undefined ? '不可比' : ''].filter(Boolean).join('；'),
        ]),
      ),
      ['数值', '折算值', '目标'],
    ),
    ...bases.map(({ plan, period, shown, former, outcome }) => {
      const origin = origins.find((each) => each.plan === plan)?.from;
      const from = origin ? `；承接自 ${origin.title}（${origin.evaluation}/${origin.snapshot}）` : '';
      const other = former.rebased ?? former.shown;
      return `基期 ${period}：${shown}，原规划现为 ${other}，${outcomeWords[outcome]}${from}`;
    }),
    ...(beyond ? [`还衔接规划 ${beyond.plan} 的指标 ${beyond.indicator}，此处看不到`] : []),
  ];
}

async function takeOver(session: Session, options: TakeoverOptions, evaluation: string): Promise<void> {
  const { api, planOf } = session;
  const plan = path('plans', await planOf(options.plan));
  const { from: formerPlan, reason } = options;
  await sendRows(session, options, (more) =>
    api.post<ReportResult>(`${plan}/base`, { formerPlan, evaluation, reason, ...more }),
  );
}
