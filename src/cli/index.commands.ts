import type { Command } from 'commander';
import type { TrailEntry } from '../audit/trail-entry.js';
import type { IndexMove } from '../evaluations/index-move.js';
import type { IndexState } from '../overview/index-state.js';
import type { IndexSide } from '../evaluations/index-change.js';
import { statusWords } from '../assessment/words.js';
import { causeWords } from '../evaluations/words.js';
import { areaOf, judgedUnitOf } from '../plans/lookup.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import { path } from './connection.js';
import { momentText, percent, table } from './output.js';
import { withConnection, type Session } from './session.js';

interface Options {
  readonly plan?: string;
  readonly period?: string;
  readonly asOf?: string;
  readonly from?: string;
  readonly fromPeriod?: string;
  readonly unit?: string;
  readonly area?: string;
}

/** Commands for the index (一个指数量全市): its values, and what changed it. */
export function indexCommands(program: Command): void {
  program
    .command('index')
    .description('指数：各单位、各标杆区；给出 --from 或 --from-period 则为指数变动及其原因')
    .option('--plan <规划>')
    .option('--period <期间>', '如 2022；不填即有数据的最近一期')
    .option('--as-of <日期>', '按该日掌握的数据；不填即今日')
    .option('--from <日期>', '与该日掌握的数据比较')
    .option('--from-period <期间>', '与该期间比较')
    .option('--unit <单位>', '单位代码；变动不填即整个规划')
    .option('--area <标杆区>', '标杆区代码')
    .action(withConnection<Options>(index));
}

async function index(session: Session, options: Options): Promise<void> {
  const plan = await session.planOf(options.plan);
  await (options.from === undefined && options.fromPeriod === undefined ? state : change)(session, plan, options);
}

async function state({ api, print }: Session, plan: string, { period, asOf, unit, area }: Options): Promise<void> {
  const found = await api.get<IndexState>(`${path('plans', plan)}/index`, { period, asOf });
  // The document itself says which units and areas there are.
  const known = await api.get<PlanDocument>(path('plans', plan), { asOf });
  if (unit !== undefined) judgedUnitOf(known, unit);
  if (area !== undefined) areaOf(known, area);
  const areas = (found.units[0]?.areas ?? []).filter((each) => area === undefined || each.area === area);
  print(found, () => {
    const heads = areas.map(({ name }) => name);
    const rows = found.units
      .filter((each) => unit === undefined || each.unit === unit)
      .map((each) => [
        `${each.unit} ${each.name}`,
        points(each.value),
        percent(each.coverage),
        each.vetoed.join('、') || '—',
        ...areas.map(({ area }) => {
          const own = each.areas.find((entry) => entry.area === area);
          return own?.value === undefined ? '—' : `${points(own.value)}（${percent(own.coverage)}）`;
        }),
      ]);
    const at =
      found.asOf === undefined ? '截至今日掌握的数据' : `截至 ${momentText(found.asOf, known.timeZone)} 掌握的数据`;
    return [
      `${found.title}　${found.period}　指数　${at}${found.demo ? '　【含示例数据】' : ''}`,
      table(['单位', '指数', '覆盖', '否决', ...heads], rows, ['指数', '覆盖', ...heads]),
      `评估规则：${found.source}`,
    ].join('\n');
  });
}

async function change({ api, print }: Session, plan: string, options: Options): Promise<void> {
  const { period, asOf: to, from, fromPeriod, unit, area } = options;
  const found = await api.get<IndexMove>(`${path('plans', plan)}/index/change`, {
    ...{ period, to, from, fromPeriod, unit, area },
  });
  const zone = await zoneOf(api, plan);
  print(found, () => {
    const scope = `${found.unitName}${found.area === undefined ? '' : `　标杆区 ${found.area}`}`;
    const head = `${found.title}　指数变动　${scope}${found.demo ? '　【含示例数据】' : ''}`;
    const sides = [sideText('由', found.from, zone), sideText('到', found.to, zone)];
    if (found.change === undefined) return [head, ...sides, '一方没有指数，不能比较'].join('\n');
    const causes = found.causes.map(({ cause, change: by }) => `${causeWords[cause]} ${signed(by)}`);
    const rows = found.parts.map((part) => [
      `${part.indicator} ${part.name}`,
      signed(part.change),
      part.causes.map(({ cause, change: by }) => `${causeWords[cause]} ${signed(by)}`).join('\n') || '—',
      stateText(part.from),
      stateText(part.to),
      part.because.map((entry) => reasonText(entry, zone)).join('\n'),
    ]);
    return [
      head,
      ...sides,
      `变动 ${signed(found.change)}${causes.length > 0 ? `：${causes.join('，')}` : ''}`,
      ...(rows.length > 0
        ? [table(['指标', '影响', '原因', '由', '到', '缘由（事件、经办人、事由）'], rows, ['影响'])]
        : ['没有指标变动']),
    ].join('\n');
  });
}

async function zoneOf(api: Session['api'], plan: string): Promise<string> {
  return (await api.get<PlanDocument>(path('plans', plan))).timeZone;
}

const points = (value: string | undefined): string => (value === undefined ? '—' : Number(value).toFixed(2));

const signed = (value: string): string => `${Number(value) > 0 ? '+' : ''}${Number(value).toFixed(2)}`;

function sideText(word: string, side: IndexSide & { asOf?: string }, zone: string): string {
  const at = side.asOf === undefined ? '今日掌握的数据' : `${momentText(side.asOf, zone)} 掌握的数据`;
  const vetoed = side.vetoed.length > 0 ? `，否决 ${side.vetoed.join('、')}` : '';
  return `${word} ${side.period}（${at}）：${points(side.value)}（覆盖 ${percent(side.coverage)}${vetoed}）`;
}

function stateText(state: IndexMove['parts'][number]['from']): string {
  if (!state) return '无';
  const { status, score, shown } = state;
  return [shown, statusWords[status].zh, score === undefined ? undefined : `得分 ${Number(score).toFixed(1)}`]
    .filter((part) => part !== undefined)
    .join(' ');
}

const reasonText = ({ label, knownAt, actor, reason, subject }: TrailEntry, zone: string): string =>
  `${momentText(knownAt, zone).slice(0, 10)} ${label}${subject.unit ? ` ${subject.unit}` : ''} ${actor.name}${reason ? `：${reason}` : ''}`;
