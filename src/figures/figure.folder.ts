import type { DatedAction, FolderPart } from '../slice/folder-part.js';
import {
  ApproveMeasurement,
  CorrectMeasurement,
  DeclareMissing,
  MeasureIndicator,
  ReturnMeasurement,
  WithdrawMeasurement,
} from './figure.commands.js';
import { missingWords } from './words.js';

const approved = '审核通过';
const values = { 数值: 'value', 分子: 'numerator', 分母: 'denominator' };
const approval: DatedAction['further'] = {
  type: ApproveMeasurement,
  reason: approved,
  day: '审核日期',
  actor: '审核人',
};
/** `sex.f`, in the column 分组 */
const parts: DatedAction['items'] = {
  column: '分组',
  none: '无',
  field: 'parts',
  fields: values,
  meaning(cell) {
    const [breakdown, part, ...rest] = cell.split('.');
    return part && rest.length === 0 ? { breakdown, part } : '分组须写作“分组代码.组代码”，如 sex.f';
  },
};

export const figureFolder: FolderPart = {
  history: {
    上报: { type: MeasureIndicator, fields: { ...values, 例外说明: 'exception' }, items: parts, further: approval },
    更正: { type: CorrectMeasurement, fields: values, items: parts, further: approval },
    缺报: {
      type: DeclareMissing,
      fields: { 缺报原因: 'because' },
      words: { 缺报原因: Object.fromEntries(Object.entries(missingWords).map(([code, word]) => [word, code])) },
    },
    审核: { type: ApproveMeasurement, fields: {}, reason: approved },
    退回: { type: ReturnMeasurement, fields: {} },
    撤回: { type: WithdrawMeasurement, fields: {} },
  },
};
