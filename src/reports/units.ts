import { isMeasured } from '../assessment/measured.js';
import type { Cell } from '../assessment/cell.js';
import type { Unit } from '../plans/units-in-time.js';
import { beside, lineBreak, note, row, strong, table, type Blocks, type Column, type Line } from './model.js';
import { lightLegend, markLegend, statusChip, targetCell, valueText } from './marks.js';
import { projectDuties } from './programme-warnings.js';
import { cellOf, marked, type Subject, type TopRow } from './subject.js';
import { none } from './words.js';

/** Maximum number of unit columns that fit the paper's width. */
const maxUnits = 10;

/** 分县情况: matrix of indicators and units with value and status. */
export function units(subject: Subject): Blocks {
  const { below, rows } = subject;
  if (below.length === 0 || rows.length === 0) return undefined;
  const parts = Array.from({ length: Math.ceil(below.length / maxUnits) }, (_, at) =>
    below.slice(at * maxUnits, (at + 1) * maxUnits),
  );
  return [
    parts.map((part) => matrix(subject, part)),
    note(
      '每格上为本期数，下为判断。',
      lightLegend,
      '“未设目标”为规划没有对该单位设目标，只列数、不判断。',
      lineBreak,
      markLegend,
    ),
  ];
}

function matrix(subject: Subject, part: readonly Unit[]): Blocks {
  const { rows, top } = subject;
  const columns: Column[] = [
    { head: '指标', width: '15%' },
    ...[top, ...part].map((unit) => ({ head: marked(subject, unit) })),
  ];
  return table(
    `各${subject.belowWord}主要指标`,
    columns,
    rows.map(({ row: indicator }) => {
      const { code, definition } = indicator;
      return row(
        [code, ' ', marked(subject, indicator), beside(`（${definition.unitOfMeasure}）`)],
        ...[top, ...part].map((unit) => matrixCell(indicator, unit.code, unit === top)),
      );
    }),
    { look: ['matrix'] },
  );
}

function matrixCell(indicator: TopRow['row'], unit: string, isTop: boolean): Line {
  const cell = cellOf(indicator, unit);
  if (!cell) return none;
  const { value, targets, assessment } = cell;
  const own = !isTop && targets.some((target) => target.unit === unit);
  return [
    strong(valueText(value)),
    own && beside('目标 ', targetCell(indicator, targets.at(-1))),
    lineBreak,
    statusChip(assessment),
  ];
}

/** 责任清单: for each unit its red, yellow and missing indicators and its flagged projects. */
export function duties(subject: Subject): Blocks {
  const { below, rows, overview } = subject;
  if (below.length === 0 || rows.length === 0) return undefined;
  const withProjects = overview.programme.projects.list.length > 0;
  const columns: Column[] = [
    { head: '单位', width: withProjects ? '15%' : '22%' },
    { head: '红灯指标', width: withProjects ? '27%' : '34%' },
    { head: '黄灯指标' },
    { head: '没有数据的指标' },
    ...(withProjects ? [{ head: '须处理的项目', width: '26%' }] : []),
  ];
  // Units below neither report nor influence a common standard.
  const own = overview.indicators.filter(({ definition }) => definition.aggregation !== 'common');
  const listed = (unit: string, test: (cell: Cell) => boolean) => {
    const found = own.filter((indicator) => {
      const cell = cellOf(indicator, unit);
      return cell !== undefined && test(cell);
    });
    if (found.length === own.length && found.length > 1) return `全部 ${found.length} 项`;
    return (
      found
        .map(({ code, name, attribute }) => `${code} ${name}${attribute === 'binding' ? '（约束性）' : ''}`)
        .join('；') || '无'
    );
  };
  const common = overview.indicators.filter((indicator) => !own.includes(indicator));
  return [
    table(
      `各${subject.belowWord}责任清单`,
      columns,
      below.map(({ code, bureau, ...unit }) =>
        row(
          [marked(subject, unit), bureau !== undefined && beside(`${bureau}`)],
          listed(code, ({ assessment }) => assessment.light === 'red'),
          listed(code, ({ assessment }) => assessment.light === 'yellow'),
          listed(code, ({ value }) => !isMeasured(value)),
          ...(withProjects ? [projectDuties(subject, code)] : []),
        ),
      ),
    ),
    common.length > 0 &&
      note('不含统一标准的指标：', common.map(({ code, name }) => `${code} ${name}`).join('、'), '。'),
  ];
}
