import {
  ApproveMeasurement,
  CorrectMeasurement,
  DeclareMissing,
  MeasureIndicator,
  ReturnMeasurement,
  WithdrawMeasurement,
} from '../figures/figure.commands.js';
import { missingWords } from '../figures/words.js';
import { ReviseTarget } from '../indicators/indicator.commands.js';
import {
  actorNamed,
  byKnownDate,
  datedColumns,
  datedRows,
  needsToo,
  type DatedRow,
  type DatedTable,
  type FolderContext,
} from './dated-rows.js';
import { placed, type FolderFiles, type PlacedCommand } from './plan-folder.js';

const approved = '审核通过';

const history: DatedTable = {
  file: 'history.csv',
  columns: {
    needed: [...datedColumns, '指标', '单位', '期间', '数值', '分子', '分母', '缺报原因', '审核日期', '审核人'],
    optional: ['例外说明'],
  },
  actions: {
    上报: { type: MeasureIndicator, fills: ['数值', '分子', '分母', '例外说明', '审核日期', '审核人'] },
    更正: { type: CorrectMeasurement, fills: ['数值', '分子', '分母', '审核日期', '审核人'] },
    缺报: { type: DeclareMissing, fills: ['缺报原因'] },
    审核: { type: ApproveMeasurement, fills: [] },
    退回: { type: ReturnMeasurement, fills: [] },
    撤回: { type: WithdrawMeasurement, fills: [] },
    目标调整: { type: ReviseTarget, fills: ['数值', '审核日期', '审核人'] },
  },
};

/** The rows of `history.csv` as commands, in the order in which things became known. */
export function readHistory(files: FolderFiles, context: FolderContext): PlacedCommand[] {
  const { plan, demo, actors, mistakes } = context;
  const dated: { knownAt: string; command: PlacedCommand }[] = [];

  for (const { place, type, actor, knownAt, cell, circumstances } of datedRows(files, history, context)) {
    if (type !== ReviseTarget) {
      needsToo(cell, '审核日期', '审核人', place, mistakes);
      needsToo(cell, '审核人', '审核日期', place, mistakes);
    }
    const figure = { plan, code: cell('指标') ?? '', unit: cell('单位') ?? '', period: cell('期间') ?? '' };
    const reason = type === ApproveMeasurement ? { reason: cell('事由') ?? approved } : {};
    const input = { ...figure, ...circumstances, ...reason, ...ownFields(type, cell) };
    const command = mistakes.note(place, () => placed(type, input, actor, place));
    if (command) dated.push({ knownAt, command });

    const approvedOn = cell('审核日期');
    if (approvedOn && cell('审核人') && (type === MeasureIndicator || type === CorrectMeasurement)) {
      const reviewer = actorNamed(actors, cell('审核人')!, '审核人', place, mistakes);
      if (!reviewer) continue;
      const approval = { ...figure, knownAt: approvedOn, reason: approved, ...(demo && { demo }) };
      const approve = mistakes.note(place, () => placed(ApproveMeasurement, approval, reviewer, place));
      if (approve) dated.push({ knownAt: approvedOn, command: approve });
    }
  }
  return byKnownDate(dated);
}

/** What the row says beyond which figure it is about. */
function ownFields(type: DatedRow['type'], cell: DatedRow['cell']): object {
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
