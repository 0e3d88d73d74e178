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

const headers = [
  ...[
    '知悉日期',
    '经办人',
    '动作',
    '指标',
    '单位',
    '期间',
    '数值',
    '分子',
    '分母',
    '缺报原因',
    '事由',
    '依据',
    '出处',
    '文号',
  ],
  ...['审核日期', '审核人'],
];

const actions: Readonly<Record<string, CommandClass>> = {
  上报: MeasureIndicator,
  更正: CorrectMeasurement,
  缺报: DeclareMissing,
  审核: ApproveMeasurement,
  退回: ReturnMeasurement,
  撤回: WithdrawMeasurement,
  目标调整: ReviseTarget,
};

/** The rows of `history.csv` as commands, in the order in which things became known. */
export function readHistory(
  files: FolderFiles,
  { plan, demo, mistakes }: { plan: string; demo: boolean; mistakes: Mistakes },
): PlacedCommand[] {
  const text = files['history.csv'];
  if (text === undefined) return [];
  const actors = readActors(files, mistakes);
  const dated: { knownAt: string; command: PlacedCommand }[] = [];

  for (const { row, cells } of csvRows('history.csv', text, headers, mistakes)) {
    const place = { file: 'history.csv', row };
    const cell = (name: (typeof headers)[number]) => filled(cells[name]);
    const actorNamed = (column: string): Actor | undefined => {
      const actor = actors.get(cells[column] ?? '');
      if (!actor) mistakes.add(place, 'folder.unknown-actor', `actors.csv 中没有“${cells[column] ?? ''}”`, column);
      return actor;
    };
    const type = actions[cells['动作'] ?? ''];
    if (!type) {
      mistakes.add(place, 'folder.unknown-action', `动作须为 ${Object.keys(actions).join('、')} 之一`, '动作');
      continue;
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
    if (approvedOn && (type === MeasureIndicator || type === CorrectMeasurement)) {
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
function ownFields(type: CommandClass, cell: (name: string) => string | undefined): object {
  switch (type) {
    case MeasureIndicator:
    case CorrectMeasurement:
      return { value: cell('数值'), numerator: cell('分子'), denominator: cell('分母') };
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
  const rows = csvRows('actors.csv', text, ['id', 'name', 'unit', 'roles'], mistakes);
  return new Map(
    rows.map(({ cells: { id = '', name = '', unit, roles = '' } }) => [
      id,
      { id, name, ...(unit && { unit }), roles: roles.split(';').filter(Boolean) },
    ]),
  );
}
