import { moneyUnit } from '../plans/money.js';
import { policyWords } from '../policies/policy.decider.js';
import { standingWords } from '../projects/project.decider.js';
import { projectFolder } from '../projects/project.folder.js';
import { policyFolder } from '../policies/policy.folder.js';
import { taskFolder } from '../tasks/task.folder.js';
import type { Part, Reported } from '../figures/figure.events.js';
import { missingWords } from '../figures/words.js';
import { codeColumn, keyColumn, missingCodes, revisionColumn } from './columns.js';
import type { TableName } from './given-row.js';
import { keyOf } from './row-key.js';
import type { FigureLine, WorkbookContent } from './workbook-content.js';

/** A row of a sheet before it is filled in: its cells by column, and which of its input cells are open. */
export interface SheetRow {
  readonly cells: Readonly<Record<string, string | number>>;
  readonly open: readonly string[];
  /** Of number cells, the decimal places that are shown. */
  readonly decimals?: number;
}

/** The words of a drop-down column. */
export const choicesOf: Readonly<Record<TableName, Readonly<Record<string, readonly string[]>>>> = {
  指标: { 缺报原因: [...missingCodes.keys()] },
  项目: { 动作: actionsBut(projectFolder.progress, '项目进度', '项目投资', '投资更正') },
  政策: { 动作: actionsBut(policyFolder.progress) },
  任务: { 动作: actionsBut(taskFolder.progress, '任务进展') },
};

/** The actions of a slice without those that rows bring by filling their own columns. */
function actionsBut(actions: Readonly<Record<string, unknown>> = {}, ...filled: readonly string[]): string[] {
  return Object.keys(actions).filter((word) => !filled.includes(word));
}

/** The rows of each sheet; a sheet without rows is left out. */
export function sheetRows(content: WorkbookContent): ReadonlyMap<TableName, readonly SheetRow[]> {
  const rows: readonly (readonly [TableName, readonly SheetRow[]])[] = [
    ['指标', content.figures.flatMap((line) => figureRows(line, content))],
    ['项目', content.projects.map((project) => projectRow(project, content))],
    ['政策', content.policies.map((policy) => policyRow(policy, content))],
    ['任务', content.tasks.map((task) => taskRow(task, content))],
  ];
  return new Map(rows.filter(([, each]) => each.length > 0));
}

/** The figure as a whole, and a row for each part of each breakdown. */
function figureRows(line: FigureLine, { unit, period }: WorkbookContent): SheetRow[] {
  const { indicator, definition, figure, last, target } = line;
  const subject = { table: '指标', code: indicator.code, unit: unit.code, period: period.text } as const;
  const reported = figure?.latest?.reported;
  const open = numberColumns(definition.measurement.type === 'ratio', definition.aggregation);
  const whole: SheetRow = {
    cells: given({
      [codeColumn]: indicator.code,
      指标名称: indicator.name,
      计量单位: definition.unitOfMeasure,
      口径: definition.text,
      上期值: last && `${last.shown}（${last.period}）`,
      目标: target && `${target.value}（${target.period}）`,
      ...numbers(reported),
      缺报原因: figure?.because && missingWords[figure.because],
      [keyColumn]: keyOf(subject),
      [revisionColumn]: figure && String(figure.revision),
    }),
    open: [...open, '缺报原因', '说明'],
    decimals: indicator.decimals,
  };
  const parts = (definition.breakdowns ?? []).flatMap((breakdown) =>
    breakdown.parts.map((part): SheetRow => {
      const known = reported?.parts?.find((each) => each.breakdown === breakdown.code && each.part === part.code);
      const id = `${breakdown.code}.${part.code}`;
      return {
        cells: given({
          [codeColumn]: indicator.code,
          指标名称: `其中：${part.name}（${breakdown.name}）`,
          分组: id,
          计量单位: definition.unitOfMeasure,
          ...numbers(known),
          [keyColumn]: keyOf({ ...subject, part: id }),
        }),
        open,
        decimals: indicator.decimals,
      };
    }),
  );
  return [whole, ...parts];
}

/** A unit above all others may know a rate without its components. */
function numberColumns(isRatio: boolean, aggregation: string): string[] {
  if (!isRatio) return ['数值'];
  return aggregation === 'ratio-of-sums' ? ['分子', '分母'] : ['数值', '分子', '分母'];
}

function numbers(reported: Reported | Part | undefined): Record<string, string | undefined> {
  if (!reported) return {};
  return 'value' in reported ? { 数值: reported.value } : { 分子: reported.numerator, 分母: reported.denominator };
}

function projectRow(project: WorkbookContent['projects'][number], content: WorkbookContent): SheetRow {
  const { id, name, plannedStart, plannedEnd, investment, steps, progress, investments, reschedulings } = project;
  const money = moneyUnit(content.plan);
  const [report, invested] = [progress.at(-1), investments.at(-1)];
  return programmeRow({ table: '项目', code: id }, content, {
    项目名称: name,
    总投资: `${investment} ${money}`,
    计划工期: `${plannedStart}–${reschedulings.at(-1)?.to ?? plannedEnd}`,
    现状: standingWords[steps.at(-1)?.to ?? 'registered'],
    上次进度: report && `${report.percent}%（${report.on}）`,
    上次累计投资: invested && `${invested.amount} ${money}（${invested.on}）`,
  });
}

function policyRow(
  { id, planned, steps, postponements }: WorkbookContent['policies'][number],
  content: WorkbookContent,
): SheetRow {
  return programmeRow({ table: '政策', code: id }, content, {
    政策名称: planned.name,
    计划完成: postponements.at(-1)?.to ?? planned.to,
    现状: policyWords[steps.at(-1)?.to ?? 'planned'],
  });
}

const taskWords = { progress: '进行中', completed: '已完成', reopened: '进行中', dropped: '已取消' } as const;

function taskRow({ id, title, due, reports }: WorkbookContent['tasks'][number], content: WorkbookContent): SheetRow {
  const last = reports.at(-1);
  const percent = last?.percent === undefined ? '' : `${last.percent}% `;
  return programmeRow({ table: '任务', code: id }, content, {
    任务: title,
    完成期限: due,
    现状: last ? taskWords[last.what] : '未报',
    上次进展: last && `${percent}${last.text ?? ''}（${last.on}）`,
  });
}

function programmeRow(
  subject: { readonly table: Exclude<TableName, '指标'>; readonly code: string },
  { revisions }: WorkbookContent,
  cells: Readonly<Record<string, string | undefined>>,
): SheetRow {
  const key = keyOf(subject);
  const revision = revisions.get(key);
  return {
    cells: given({
      [codeColumn]: subject.code,
      ...cells,
      [keyColumn]: key,
      [revisionColumn]: revision === undefined ? undefined : String(revision),
    }),
    open: openIn[subject.table],
  };
}

const openIn: Readonly<Record<Exclude<TableName, '指标'>, readonly string[]>> = {
  项目: ['动作', '日期', '百分比', '文字', '金额', '新期限', '说明'],
  政策: ['动作', '日期', '文号', '原件', '新期限', '说明'],
  任务: ['动作', '日期', '百分比', '文字', '说明'],
};

const given = (cells: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(cells).flatMap(([name, cell]) => (cell === undefined ? [] : [[name, cell]])));
