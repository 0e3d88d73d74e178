import type { Command } from 'commander';
import { outlookWords, statusWords, verdictWords } from '../assessment/words.js';
import type { Status } from '../assessment/judgement.js';
import { aspectWords } from '../evaluations/words.js';
import { thresholdWords } from '../plans/thresholds.js';
import type { CellMargin, Margin } from '../what-if/margins.js';
import type { SupposedChange } from '../what-if/question.js';
import type { Flip } from '../what-if/flips.js';
import type { Margins } from '../what-if/what-if.controller.js';
import type { WhatIf } from '../what-if/what-if.js';
import { path } from './connection.js';
import { table } from './output.js';
import { UsageError, withConnection, type Session } from './session.js';

/** What would be otherwise under suppositions, and how little each verdict takes to flip. */
export function whatIfCommands(program: Command): void {
  const listed = (text: string, before: string[] = []) => [...before, text];
  program
    .command('what-if')
    .description('假设推演：若干假设之下哪些结论不同；不写入任何记录')
    .option('--plan <规划>', '规划代码；只有一个规划时可省')
    .option('--period <期间>', '如 2022；不填即有数据的最近一期')
    .option('--as-of <日期>', '按该日掌握的数据，如 2023-06-30')
    .option('--at-position <位置>', '按日志当时的位置')
    .option('--withdraw <数据>', '撤回一个数据，如 02/331102/2022；可多次', listed)
    .option('--set <数据=值>', '假设数值，如 02/331102/2022=55 或 02/331102/2022=2140/3891；可多次', listed)
    .option('--target <目标=值>', '假设目标，如 03/331100/2025=110；恢复旧版写作 03/331100/2025@1；可多次', listed)
    .option('--weight <指标=权重>', '假设权重，如 02=3；可多次', listed)
    .option('--threshold <阈值=值>', '假设阈值，如 status.ahead=6；可多次', listed)
    .option('--rules <版本>', '采用另一版评估规则；0 即默认规则')
    .action(withConnection(ask));

  program
    .command('margins')
    .description('翻转余量：各项判断的填报数至少变动多少即改判')
    .option('--plan <规划>', '规划代码；只有一个规划时可省')
    .option('--period <期间>', '如 2022；不填即有数据的最近一期')
    .option('--as-of <日期>', '按该日掌握的数据，如 2023-06-30')
    .option('--at-position <位置>', '按日志当时的位置')
    .option('--unit <单位>', '单位代码；不填即全部')
    .action(withConnection(margins));
}

interface Options {
  plan?: string;
  period?: string;
  asOf?: string;
  atPosition?: string;
  unit?: string;
  withdraw?: string[];
  set?: string[];
  target?: string[];
  weight?: string[];
  threshold?: string[];
  rules?: string;
}

async function ask({ api, print, planOf }: Session, options: Options): Promise<void> {
  const { plan, period, asOf, atPosition } = options;
  const body = { period, asOf, atPosition, changes: changesOf(options) };
  const found = await api.post<WhatIf>(`${path('plans', await planOf(plan))}/what-if`, body);
  print(found, () => {
    const named = (changes: readonly number[]) => changes.map((at) => String(at + 1)).join('、');
    const rows = found.differences.map(({ aspect, indicator, subject, name, unit, from, to, changes }) => [
      aspectWords[aspect],
      indicator ?? (subject === undefined ? '' : `${subject} ${name ?? ''}`),
      unit ?? '',
      aspect === 'status' ? statusWords[from as Status].zh : (from ?? '—'),
      aspect === 'status' ? statusWords[to as Status].zh : (to ?? '—'),
      named(changes),
    ]);
    const flips = found.flips.map((flip) => [
      conclusionWords[flip.conclusion],
      flip.indicator ?? '',
      flip.unit,
      conclusionText(flip, flip.from),
      conclusionText(flip, flip.to),
      named(flip.changes),
    ]);
    return [
      `假设推演：不写入任何记录　${found.period}${found.demo ? '　【含示例数据】' : ''}`,
      ...found.changes.map(({ label, code, unit, period: of, threshold, from, to }, at) =>
        [
          `假设 ${at + 1}：${label}`,
          [code, unit, of, threshold && thresholdWords[threshold]].filter(Boolean).join(' '),
          `${from ?? '无'} → ${to ?? '无'}`,
        ]
          .filter(Boolean)
          .join('　'),
      ),
      `翻转的结论 ${flips.length} 项`,
      ...(flips.length > 0 ? [table(['结论', '指标', '单位', '由', '改为', '因假设'], flips)] : []),
      `不同之处 ${rows.length} 处`,
      ...(rows.length > 0 ? [table(['方面', '指标', '单位', '由', '改为', '因假设'], rows, ['由', '改为'])] : []),
    ].join('\n');
  });
}

const conclusionWords: Readonly<Record<Flip['conclusion'], string>> = {
  status: '判断',
  outlook: '趋势',
  verdict: '终期结论',
  veto: '一票否决',
};

function conclusionText({ conclusion }: Flip, text: string | undefined): string {
  if (text === undefined) return conclusion === 'veto' ? '未否决' : '—';
  const words: Readonly<Record<string, { zh: string }>> = { ...statusWords, ...outlookWords, ...verdictWords };
  return conclusion === 'status'
    ? statusWords[text as Status].zh
    : conclusion === 'veto'
      ? `否决：${text}`
      : words[text]!.zh;
}

function changesOf({ withdraw = [], set = [], target = [], weight = [], threshold = [], rules }: Options) {
  const changes: SupposedChange[] = [
    ...withdraw.map((text) => ({ kind: 'withdraw' as const, ...figureIn(text, '--withdraw') })),
    ...set.map((text) => {
      const [figure, value] = halves(text, '=', '--set');
      const [numerator, denominator] = value.split('/') as [string, string?];
      const said = denominator === undefined ? { value } : { numerator, denominator };
      return { kind: 'value' as const, ...figureIn(figure, '--set'), ...said };
    }),
    ...target.map((text) => {
      if (text.includes('=')) {
        const [figure, value] = halves(text, '=', '--target');
        return { kind: 'target' as const, ...figureIn(figure, '--target'), value };
      }
      const [figure, version] = halves(text, '@', '--target');
      return { kind: 'target-version' as const, ...figureIn(figure, '--target'), version: Number(version) };
    }),
    ...weight.map((text) => {
      const [code, value] = halves(text, '=', '--weight');
      return { kind: 'weight' as const, code, value };
    }),
    ...threshold.map((text) => {
      const [name, value] = halves(text, '=', '--threshold');
      return { kind: 'threshold' as const, threshold: name as SupposedChange['threshold'], value };
    }),
    ...(rules === undefined ? [] : [{ kind: 'rules' as const, version: Number(rules) }]),
  ];
  if (changes.length === 0) throw new UsageError('请写明至少一项假设，如 --withdraw 02/331102/2022');
  return changes;
}

/** @throws {UsageError} the text has no such sign */
function halves(text: string, sign: string, option: string): [string, string] {
  const at = text.indexOf(sign);
  if (at > 0 && at < text.length - 1) return [text.slice(0, at), text.slice(at + 1)];
  throw new UsageError(`${option} ${text}：缺少“${sign}”及其前后的内容，用法见 tongjian help what-if`);
}

function figureIn(text: string, option: string): { code: string; unit: string; period: string } {
  const [code, unit, period, ...rest] = text.split('/');
  if (code && unit && period && rest.length === 0) return { code, unit, period };
  throw new UsageError(`${option} ${text}：请写 指标/单位/期间，如 02/331102/2022`);
}

async function margins({ api, print, planOf }: Session, options: Options): Promise<void> {
  const { period, asOf, atPosition, unit } = options;
  const query = { period, asOf, atPosition, unit };
  const found = await api.get<Margins>(`${path('plans', await planOf(options.plan))}/margins`, query);
  print(found, () =>
    [
      `翻转余量　${found.period}　${found.cells.length} 项判断${found.demo ? '　【含示例数据】' : ''}`,
      table(['指标', '单位', '本期', '判断', '变动的数', '向上', '向下'], found.cells.map(marginRow), ['本期']),
    ].join('\n'),
  );
}

const basisWords: Readonly<Record<CellMargin['basis'], string>> = {
  value: '数值',
  numerator: '分子',
  computed: '由下级或公式算出',
  common: '取上级的标准',
  base: '即基期值',
};

function marginRow({ indicator, unit, shown, status, basis, reported, up, down }: CellMargin): string[] {
  const side = (margin: Margin | undefined) =>
    margin
      ? `${margin.change} 至 ${margin.becomes}：${statusWords[margin.status].zh}`
      : reported === undefined
        ? '—'
        : '不会改判';
  const changed = reported === undefined ? basisWords[basis] : `${basisWords[basis]} ${reported}`;
  return [indicator, unit, shown, statusWords[status].zh, changed, side(up), side(down)];
}
