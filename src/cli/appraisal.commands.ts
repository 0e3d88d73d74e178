import type { Command } from 'commander';
import type { Appraisal, AppraisalSheet } from '../appraisal/plan-appraisal.js';
import type { SheetsVerification } from '../appraisal/verify-sheets.js';
import { path } from './connection.js';
import { table } from './output.js';
import { saveFile } from './save-file.js';
import { ExitCode, withConnection, type Session } from './session.js';

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

  program
    .command('verify-appraisal')
    .description('核验公示或定稿的考核表：重算并核对哈希；不符则退出码为 3')
    .argument('<哈希>', '考核表的 SHA-256，见 tongjian appraisal')
    .option('--plan <规划>')
    .option('--out <文件>', '另存原文，可用 sha256sum 核对')
    .action(withConnection<VerifyOptions>(verify));
}

interface VerifyOptions {
  readonly plan?: string;
  readonly out?: string;
}

async function verify({ api, print, planOf, end }: Session, options: VerifyOptions, hash: string): Promise<void> {
  const address = path('plans', await planOf(options.plan), 'appraisal-sheets', hash);
  const found = await api.post<SheetsVerification>(`${address}/verification`, {});
  print(found, () => verifiedText(found));
  if (options.out !== undefined) saveFile(options.out, await api.bytes(address));
  if (!found.reproduced || found.stored !== 'intact') end(ExitCode.notProven);
}

const storedWords = { intact: '存档完好', missing: '存档缺失', damaged: '存档损坏' } as const;

const verifiedText = ({ period, contentHash, stored, reproduced, recomputedHash, difference }: SheetsVerification) =>
  [
    `${period} 年度考核表，SHA-256 ${contentHash}`,
    storedWords[stored],
    reproduced
      ? '已重现：按当时所知重算，哈希一致'
      : `不能重现：重算得 ${recomputedHash}${difference === undefined ? '' : `，第一处不同在 ${difference}`}`,
  ].join('\n');

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

function headText({ title, period, day, rules, demo, putForth, frozen }: Omit<Appraisal, 'units' | 'isWhole'>): string {
  const whose = rules.version === 0 ? '通鉴的默认规则' : `规划的考核规则第 ${rules.version} 版`;
  return [
    `${title}　${period} 年度考核　计至 ${day}${demo ? '　【含示例数据】' : ''}`,
    `${whose}：${rules.source}`,
    standingText({ putForth, frozen }),
  ].join('\n');
}

function standingText({ putForth, frozen }: Pick<Appraisal, 'putForth' | 'frozen'>): string {
  if (frozen) return `已定稿：随评估 ${frozen.evaluation} 发布，SHA-256 ${frozen.contentHash}`;
  if (!putForth) return '未公示';
  const { round, until, isOpen, contentHash } = putForth;
  return `第 ${round} 次公示，申诉截至 ${until}${isOpen ? '' : '（期满）'}，SHA-256 ${contentHash}`;
}

const notApplying = '不适用';
const objectionsName = '申诉 待裁定/采纳/未采纳';

function matrixText(found: Appraisal): string {
  const { rules, units } = found;
  const names = rules.items.map(({ name, weight }) => `${name} ${weight}`);
  const rows = units.map(({ name, items, total, objections: { waiting, accepted, refused } }) => [
    name,
    ...items.map(({ points }) => points ?? notApplying),
    total ?? '—',
    `${waiting}/${accepted}/${refused}`,
  ]);
  if (rows.length === 0) return `${headText(found)}\n没有可由您查看的考核表`;
  return [headText(found), table(['单位', ...names, '折合百分', objectionsName], rows, [...names, '折合百分'])].join(
    '\n',
  );
}

function sheetText(found: AppraisalSheet): string {
  const { unitName, items, points, weight, total = '—', objections, frozen, change } = found;
  const rows = items.map(({ name, weight: most, points: got, counts }) => [
    name,
    most,
    got ?? notApplying,
    counts.map(({ word, value }) => `${word} ${value}`).join('，'),
  ]);
  const lost = items.flatMap(({ name, lost: parts }) =>
    parts.map(({ id, text, points: part, withdrawn, position }) => [
      name,
      withdrawn === undefined ? part : `${part}（撤销 ${withdrawn}）`,
      text,
      position ?? '—',
      id ?? '—',
    ]),
  );
  return [
    headText(found),
    `${unitName}　得 ${points} 分（适用各项共 ${weight} 分），折合百分 ${total}`,
    table(['项目', '满分', '得分', '计数'], rows, ['满分', '得分']),
    ...(lost.length === 0
      ? ['没有扣分']
      : [table(['项目', '扣分', '缘由', '系统记录序号', '编号'], lost, ['扣分', '系统记录序号'])]),
    ...objections.map(objectionText),
    ...(frozen ? [changeText(change)] : []),
  ].join('\n');
}

const objectionText = ({
  number,
  text,
  by,
  reason = '',
  decided,
  withdrawn,
}: AppraisalSheet['objections'][number]): string => {
  const decision = decided
    ? `${decided.by} ${decided.accepted ? '采纳' : '未采纳'}：${decided.reason ?? ''}`
    : withdrawn
      ? `${withdrawn.by} 撤回：${withdrawn.reason ?? ''}`
      : '待裁定';
  return `申诉 ${number}　${text}\n  ${by}：${reason}\n  ${decision}`;
};

function changeText(change: AppraisalSheet['change']): string {
  if (!change) return '按现在掌握的数据重算，与定稿相同';
  const { points, weight, added, gone, changed } = change;
  return [
    `现在重算为 ${points} / ${weight} 分，定稿不变：`,
    ...added.map((each) => `  会多扣 ${each.points}：${each.text}`),
    ...gone.map((each) => `  不会再扣 ${each.points}：${each.text}`),
    ...changed.map((each) => `  扣分会由 ${each.points} 变为 ${each.now}：${each.text}`),
  ].join('\n');
}
