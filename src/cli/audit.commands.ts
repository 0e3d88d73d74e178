import type { Command } from 'commander';
import { trailCsv } from '../audit/trail-csv.js';
import type { TrailPage } from '../audit/trail.js';
import type { TrailEntry } from '../audit/trail-entry.js';
import { notFound } from '../kernel/errors.js';
import { comparePositions } from '../kernel/position.js';
import type { IndicatorHistory } from '../overview/indicator-history.js';
import { ApiProblem, path } from './connection.js';
import { momentText, table } from './output.js';
import { UsageError, withConnection, type Session } from './session.js';

/** The command for auditors: who changed what, when, from what to what, and why. */
export function auditCommands(program: Command): void {
  program
    .command('audit')
    .description('审计：谁、何时、把哪个数据由何改为何、为何')
    .option('--plan <规划>')
    .option('--figure <数据>', '指标/单位/期间，如 02/331102/2022；不写期间即各期间')
    .option('--of <对象>', '类别/编号，如 projects/P01、policies/R01、tasks/D01、indicators/02')
    .option('--by <经办人编号>')
    .option('--indicator <指标>', '该指标的数据、目标与口径')
    .option('--unit <单位>', '该单位的数据、目标、项目与其自身的变动')
    .option('--period <期间>', '含其中更短的期间')
    .option('--action <动作>', '事件类型或其中文名称，如 更正')
    .option('--day <日期>', '如 2023-08-20')
    .option('--from <日期>')
    .option('--to <日期>', '含该日')
    .option('--clock <口径>', 'day、from、to 所指：recorded 录入日期（默认）或 known 掌握日期')
    .option('--as-of <日期>')
    .option('--csv', '输出 CSV')
    .action(withConnection(audit));
}

/** Options that select entries of the whole plan; they can be combined. */
interface AuditFilters {
  by?: string;
  indicator?: string;
  unit?: string;
  period?: string;
  action?: string;
  day?: string;
  from?: string;
  to?: string;
  clock?: string;
}

interface AuditOptions extends AuditFilters {
  plan?: string;
  figure?: string;
  of?: string;
  asOf?: string;
  csv?: boolean;
}

/** Entries of the trail per request. */
const pageSize = 1_000;

async function audit({ api, print, planOf }: Session, options: AuditOptions): Promise<void> {
  const { figure, of, asOf, csv, plan: named, ...filters } = options;
  const ways = [figure, of, ...(Object.keys(filters).length > 0 ? [''] : [])].filter((way) => way !== undefined);
  if (ways.length !== 1) {
    throw new UsageError(
      '请给出 --figure、--of 之一，或 --by、--indicator、--unit、--period、--action、--day、--from、--to（可并用）',
    );
  }
  const plan = await planOf(named);
  const { by: actor, ...rest } = filters;
  const entries =
    figure !== undefined
      ? await figureTrail(api, plan, figure, asOf)
      : of !== undefined
        ? await trail(api, path('plans', plan, ...parts(of, '--of', '类别/编号，如 projects/P01', [2])), asOf)
        : await auditPages(api, plan, { actor, ...rest, asOf });
  const { timeZone } = await api.get<{ timeZone: string }>(path('plans', plan));
  if (csv) {
    process.stdout.write(trailCsv(entries, timeZone));
    return;
  }
  print(entries, () => trailTable(entries, timeZone));
}

type Api = Session['api'];

/** The parts of an operand such as `02/331102/2022`, if there are as many as there may be. */
function parts(text: string, option: string, form: string, counts: readonly number[]): string[] {
  const found = text.split('/');
  if (counts.includes(found.length) && found.every((part) => part !== '')) return found;
  throw new UsageError(`${option} 写作 ${form}，收到“${text}”`);
}

/** Of one period, or of all periods of the figure. */
async function figureTrail(api: Api, plan: string, figure: string, asOf?: string): Promise<TrailEntry[]> {
  const form = '指标/单位/期间（如 02/331102/2022），或 指标/单位（各期间）';
  const [code = '', unit = '', period] = parts(figure, '--figure', form, [2, 3]);
  const of = (each: string) => trail(api, path('plans', plan, 'figures', code, unit, each), asOf);
  if (period !== undefined) return of(period);
  const { points } = await api.get<IndicatorHistory>(`${path('plans', plan, 'indicators', code)}/history`, {
    unit,
    asOf,
  });
  const found = new Map<string, TrailEntry>();
  for (const point of points) {
    const entries = await of(point.period).catch((error: unknown) => {
      // Nothing was reported of that period.
      if (error instanceof ApiProblem && error.problem.code === 'figure.unknown') return [];
      throw error;
    });
    for (const entry of entries) found.set(entry.eventId, entry);
  }
  if (found.size === 0) throw notFound('figure.unknown', `截至所选时间，${code} ${unit} 没有任何期间上报过数据`);
  return [...found.values()].sort((a, b) => comparePositions(a.position, b.position));
}

/** All pages of a trail; each goes on after the position of the last entry. */
async function trail(api: Api, resource: string, asOf?: string): Promise<TrailEntry[]> {
  const entries: TrailEntry[] = [];
  for (;;) {
    const cursor = entries.at(-1)?.position;
    const page = await api.get<TrailEntry[]>(`${resource}/trail`, { asOf, cursor, limit: String(pageSize) });
    entries.push(...page);
    if (page.length < pageSize) return entries;
  }
}

async function auditPages(api: Api, plan: string, query: Readonly<Record<string, string | undefined>>) {
  const entries: TrailEntry[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await api.get<TrailPage>(`${path('plans', plan)}/audit`, {
      ...query,
      cursor,
      limit: String(pageSize),
    });
    entries.push(...page.entries);
    if (page.next === undefined) return entries;
    cursor = page.next;
  }
}

function trailTable(entries: readonly TrailEntry[], zone: string): string {
  const rows = entries.map((entry) => [
    entry.position,
    `${momentText(entry.knownAt, zone)}${entry.backfilled ? '\n补录' : ''}`,
    momentText(entry.recordedAt, zone),
    entry.label,
    [entry.subject.code, entry.subject.unit, entry.subject.period, entry.subject.id].filter(Boolean).join(' '),
    entry.from ?? '—',
    entry.to ?? '—',
    `${entry.actor.name}${entry.actor.unit ? `\n${entry.actor.unit}` : ''}`,
    [entry.reason, ...(entry.evidence ?? []).map(({ title, locator }) => [title, locator].filter(Boolean).join(' '))]
      .filter(Boolean)
      .join('\n'),
    entry.eventId,
  ]);
  return [
    `${entries.length} 条${entries.some(({ demo }) => demo) ? '　【含示例数据】' : ''}`,
    table(['位置', '掌握', '录入', '动作', '对象', '由', '改为', '经办', '事由与依据', '事件编号'], rows, ['位置']),
  ].join('\n');
}
