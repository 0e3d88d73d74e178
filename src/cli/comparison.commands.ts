import type { Command } from 'commander';
import type { Status } from '../assessment/judgement.js';
import { statusWords } from '../assessment/words.js';
import type { ComparisonCauses } from '../evaluations/comparison-causes.js';
import type { Comparison } from '../evaluations/comparison.js';
import { aspectWords } from '../evaluations/words.js';
import { causeLines, flipLines, numberLines } from './attribution-text.js';
import { path } from './connection.js';
import { table } from './output.js';
import { UsageError, withConnection, type Session } from './session.js';

/** What differs between two states, and why. */
export function comparisonCommands(program: Command): void {
  program
    .command('compare')
    .description('比较两份快照、两个日子，或其一与今日（now）')
    .argument('<左>', '如 midterm-2022/1、2023-06-30、@120（系统记录序号）')
    .argument('[右]', '如 midterm-2022/2、2024-12-31 或 now', 'now')
    .option('--plan <规划>')
    .option('--period <期间>', '两个日子比较哪一期；不填即左方有数据的最近一期')
    .option('--only <哪几样>', '左方只改按右方的 rules（规则）、targets（目标）、definitions（口径），以逗号相隔')
    .option('--causes', '改列缘由：其间的事件逐个计入，各改动哪些数值、判断、指数')
    .option('--told <个数>', '与 --causes 同用：逐个列出至多多少个事件，其余合并为一项；不填即 100')
    .action(withConnection(compare));
}

interface Options {
  plan?: string;
  period?: string;
  only?: string;
  causes?: true;
  told?: string;
}

async function compare({ api, print, planOf }: Session, options: Options, left: string, right: string): Promise<void> {
  const { period, only, told } = options;
  if (told !== undefined && !options.causes) throw new UsageError('--told 与 --causes 同用');
  const plan = await planOf(options.plan);
  const asked = { left, right, period, only };
  if (options.causes) {
    const found = await api.get<ComparisonCauses>(path('plans', plan, 'comparison', 'causes'), { ...asked, told });
    print(found, () => causesText(found).join('\n'));
    return;
  }
  const found = await api.get<Comparison>(path('plans', plan, 'comparison'), asked);
  print(found, () => differencesText(found).join('\n'));
}

function differencesText({ left, right, differences }: Comparison): string[] {
  const rows = differences.map(({ aspect, indicator, unit, subject, name, from, to, because }) => [
    aspectWords[aspect],
    indicator ?? (subject === undefined ? '' : `${subject} ${name ?? ''}`),
    unit ?? '',
    aspect === 'status' ? statusWords[from as Status].zh : (from ?? '—'),
    aspect === 'status' ? statusWords[to as Status].zh : (to ?? '—'),
    because
      .map(
        ({ label, knownAt, actor, reason }) =>
          `${knownAt.slice(0, 10)} ${label} ${actor.name}${reason ? `：${reason}` : ''}`,
      )
      .join('\n'),
  ]);
  return [
    `${left.label} → ${right.label}：${differences.length} 处不同`,
    ...(rows.length > 0
      ? [table(['方面', '指标', '单位', '由', '改为', '缘由（事件、经办人、事由）'], rows, ['由', '改为'])]
      : []),
  ];
}

function causesText({ left, right, causes, values, verdicts, indexes, demo }: ComparisonCauses): string[] {
  const parts = causes.map(({ values: moved, indexes: ofIndex, ...cause }) => ({
    ...cause,
    numbers: [...moved, ...ofIndex],
  }));
  return [
    `差异的缘由：不写入任何记录　${left.label} → ${right.label}${demo ? '　【含示例数据】' : ''}`,
    `缘由 ${causes.length} 项`,
    ...causeLines(parts),
    `数值 ${values.length} 个`,
    ...numberLines(values),
    `判断 ${verdicts.length} 项`,
    ...flipLines(verdicts),
    `指数 ${indexes.length} 个`,
    ...numberLines(indexes),
  ];
}
