import type { Standing } from './figure.state.js';
import type { MissingReason } from './figure.events.js';

/** Chinese words for 缺报原因 in reports and tables. */
export const missingWords: Readonly<Record<MissingReason, string>> = {
  'not-due': '未到报送期',
  'not-collected': '未统计',
  'not-applicable': '不适用',
  'under-verification': '待核实',
};

export const standingWords: Readonly<Record<Standing, string>> = {
  none: '未上报',
  reported: '待审核',
  approved: '已审核',
  returned: '已退回',
  missing: '缺报',
  withdrawn: '已撤回',
};
