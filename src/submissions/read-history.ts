import {
  ApproveMeasurement,
  CorrectMeasurement,
  DeclareMissing,
  MeasureIndicator,
  ReturnMeasurement,
  WithdrawMeasurement,
} from '../figures/figure.commands.js';
import { ReviseTarget } from '../indicators/indicator.commands.js';
import type { Actor } from '../kernel/event.js';
import { missingWords } from '../figures/words.js';
import type { CommandClass } from '../slice/slice.js';
import { csvRows, filled, placed, type FolderFiles, type Mistakes, type PlacedCommand } from './plan-folder.js';

const approved = '审核通过';

const columns = {
  needed: [
    ...['知悉日期', '经办人', '动作', '指标', '单位', '期间', '数值', '分子', '分母', '缺报原因', '事由'],
    ...['依据', '出处', '文号', '审核日期', '审核人'],
  ],
  optional: ['例外说明'],
} as const;

type Column = (typeof columns.needed | typeof columns.optional)[number];

/** What a row does: the command it becomes, and which of the columns that not every row has it fills. */
interface Action {
  readonly type: CommandClass;
  readonly fills: readonly Column[];
}

const actions: Readonly<Record<string, Action>> = {
  上报: { type: MeasureIndicator, fills: ['数值', '分子', '分母', '例外说明', '审核日期', '审核人'] },
  更正: { type: CorrectMeasurement, fills: ['数值', '分子', '分母', '审核日期', '审核人'] },
  缺报: { type: DeclareMissing, fills: ['缺报原因'] },
  审核: { type: ApproveMeasurement, fills: [] },
  退回: { type: ReturnMeasurement, fills: [] },
  撤回: { type: WithdrawMeasurement, fills: [] },
  目标调整: { type: ReviseTarget, fills: ['数值', '审核日期', '审核人'] },
};
const ofSomeActions = new Set(Object.values(actions).flatMap(({ fills }) => fills));

/** The rows of `history.csv` as commands, in the order in which things became known. */
export function readHistory(
  files: FolderFiles,
  { plan, demo, mistakes }: { plan: string; demo: boolean; mistakes: Mistakes },
): PlacedCommand[] {
  const text = files['history.csv'];
  if (text === undefined) return [];
  const actors = readActors(files, mistakes);
  const dated: { knownAt: string; command: PlacedCommand }[] = [];

  for (const { row, cells } of csvRows('history.csv', text, columns, mistakes)) {
    const place = { file: 'history.csv', row };
    const cell = (name: Column) => filled(cells[name]);
    const actorNamed = (column: Column): Actor | undefined => {
      const actor = actors.get(cells[column] ?? '');
      if (!actor) mistakes.add(place, 'folder.unknown-actor', `actors.csv 中没有“${cells[column] ?? ''}”`, column);
      return actor;
    };
    const named = cells['动作'] ?? '';
    const action = Object.hasOwn(actions, named) ? actions[named] : undefined;
    if (!action) {
      mistakes.add(place, 'folder.unknown-action', `动作须为 ${Object.keys(actions).join('、')} 之一`, '动作');
      continue;
    }
    const { type, fills } = action;
    for (const column of ofSomeActions) {
      if (cell(column) && !fills.includes(column)) {
        mistakes.add(place, 'folder.cell-unused', `“${named}”的行不填“${column}”：请删去或改用别的动作`, column);
      }
    }
    const needs = (column: Column, other: Column) => {
      if (cell(column) && !cell(other)) {
        mistakes.add(place, 'folder.cell-missing', `填了“${column}”就须填“${other}”`, other);
      }
    };
    needs('出处', '依据');
    if (type !== ReviseTarget) {
      needs('文号', '依据');
      needs('审核日期', '审核人');
      needs('审核人', '审核日期');
    }
    const actor = actorNamed('经办人');
    const knownAt = cell('知悉日期');
    if (!knownAt) mistakes.add(place, 'folder.known-at', '须填知悉日期', '知悉日期');
    if (!actor || !knownAt) continue;

    const figure = { plan, code: cells['指标'], unit: cells['单位'], period: cells['期间'] };
    const circumstances = {
      knownAt,
      reason: cell('事由') ?? (type === ApproveMeasurement ? approved : undefined),
      ...(cell('依据') && {
        evidence: [{ title: cell('依据'), locator: cell('出处'), documentNumber: cell('文号') }],
      }),
      ...(demo && { demo }),
    };
    const input = { ...figure, ...circumstances, ...ownFields(type, cell) };
    const command = mistakes.note(place, () => placed(type, input, actor, place));
    if (command) dated.push({ knownAt, command });

    const approvedOn = cell('审核日期');
    if (approvedOn && cell('审核人') && (type === MeasureIndicator || type === CorrectMeasurement)) {
      const reviewer = actorNamed('审核人');
      if (!reviewer) continue;
      const approval = { ...figure, knownAt: approvedOn, reason: approved, ...(demo && { demo }) };
      const approve = mistakes.note(place, () => placed(ApproveMeasurement, approval, reviewer, place));
      if (approve) dated.push({ knownAt: approvedOn, command: approve });
    }
  }
  return dated
    .sort((a, b) => (a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : 0))
    .map(({ command }) => command);
}

/** What the row says beyond which figure it is about. */
function ownFields(type: CommandClass, cell: (name: Column) => string | undefined): object {
  switch (type) {
    case MeasureIndicator:
    case CorrectMeasurement:
      return {
        value: cell('数值'),
        numerator: cell('分子'),
        denominator: cell('分母'),
        ...(type === MeasureIndicator && { exception: cell('例外说明') }),
      };
    case DeclareMissing: {
      const because = cell('缺报原因');
      const code = Object.entries(missingWords).find(([, word]) => word === because)?.[0];
      return { because: code ?? because };
    }
    case ReviseTarget:
      return {
        value: cell('数值'),
        documentNumber: cell('文号'),
        approvedBy: cell('审核人'),
        approvedOn: cell('审核日期'),
      };
    default:
      return {};
  }
}

function readActors(files: FolderFiles, mistakes: Mistakes): ReadonlyMap<string, Actor> {
  const text = files['actors.csv'];
  if (text === undefined) {
    mistakes.add({ file: 'actors.csv' }, 'folder.no-actors', '有 history.csv 就须有 actors.csv：列出经办人和审核人');
    return new Map();
  }
  const rows = csvRows('actors.csv', text, { needed: ['id', 'name', 'unit', 'roles'] }, mistakes);
  return new Map(
    rows.map(({ cells: { id = '', name = '', unit, roles = '' } }) => [
      id,
      { id, name, ...(unit && { unit }), roles: roles.split(';').filter(Boolean) },
    ]),
  );
}
