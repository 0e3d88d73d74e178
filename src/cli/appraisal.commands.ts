import type { Command } from 'commander';
import type { Appraisal, AppraisalSheet } from '../appraisal/plan-appraisal.js';
import { path } from './connection.js';
import { table } from './output.js';
import { withConnection, type Session } from './session.js';

interface Options {
  readonly plan?: string;
  readonly unit?: string;
  readonly period?: string;
  readonly asOf?: string;
}

/** What each unit did in a year, in points. */
export function appraisalCommands(program: Command): void {
  program
    .command('appraisal')
    .description('考核：各单位一年的得分；给出 --unit 则为该单位的考核表，逐条列出扣分和所据的事件')
    .option('--plan <规划>')
    .option('--unit <单位>', '单位代码')
    .option('--period <年度>', '如 2022；不填即有数据的最近一期')
    .option('--as-of <日期>', '按该日掌握的数据；不填即今日')
    .action(withConnection<Options>(show));
}

async function show({ api, print, planOf }: Session, { plan, unit, period, asOf }: Options): Promise<void> {
  const address = path('plans', await planOf(plan), 'appraisal');
  if (unit === undefined) {
    const found = await api.get<Appraisal>(address, { period, asOf });
    print(found, () => matrixText(found));
  } else {
    const found = await api.get<AppraisalSheet>(`${address}/${path(unit)}`, { period, asOf });
    print(found, () => sheetText(found));
  }
}

const headText = ({
  title,
  period,
  day,
  rules,
  demo,
}: Pick<Appraisal, 'title' | 'period' | 'day' | 'rules' | 'demo'>) =>
  `${title}　${period} 年度考核　计至 ${day}${demo ? '　【含示例数据】' : ''}\n${rules.source}`;

const notApplying = '不适用';

function matrixText(found: Appraisal): string {
  const { rules, units } = found;
  const names = rules.items.map(({ name, weight }) => `${name} ${weight}`);
  const rows = units.map(({ name, items, total }) => [
    name,
    ...items.map(({ points }) => points ?? notApplying),
    total ?? '—',
  ]);
  if (rows.length === 0) return `${headText(found)}\n没有可由您查看的考核表`;
  return [headText(found), table(['单位', ...names, '折合百分'], rows, [...names, '折合百分'])].join('\n');
}

function sheetText(found: AppraisalSheet): string {
  const { unitName, items, points, weight, total = '—' } = found;
  const rows = items.map(({ name, weight: most, points: got, counts }) => [
    name,
    most,
    got ?? notApplying,
    counts.map(({ word, value }) => `${word} ${value}`).join('，'),
  ]);
  const lost = items.flatMap(({ name, lost: parts }) =>
    parts.map(({ text, points: part, position }) => [name, part, text, position ?? '—']),
  );
  return [
    headText(found),
    `${unitName}　得 ${points} 分（适用各项共 ${weight} 分），折合百分 ${total}`,
    table(['项目', '满分', '得分', '计数'], rows, ['满分', '得分']),
    ...(lost.length === 0
      ? ['没有扣分']
      : [table(['项目', '扣分', '缘由', '系统记录序号'], lost, ['扣分', '系统记录序号'])]),
  ].join('\n');
}
