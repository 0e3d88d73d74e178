import type { RangeAssessment } from './assessment.js';
import type { BrokenDown } from './broken-down.js';
import type { Light, Outlook, Status, Verdict } from './judgement.js';
import type { Unmeasured } from './measured.js';

/** The official Chinese term (正式用语) and a short English one. */
export interface Wording {
  readonly zh: string;
  readonly en: string;
}

export const statusWords: Readonly<Record<Status, Wording>> = {
  'completed-early': { zh: '提前实现', en: 'completed early' },
  completed: { zh: '已完成', en: 'completed' },
  ahead: { zh: '快于预期', en: 'ahead of schedule' },
  'as-expected': { zh: '符合预期', en: 'as expected' },
  roughly: { zh: '基本符合预期', en: 'roughly as expected' },
  behind: { zh: '滞后', en: 'behind' },
  'severely-behind': { zh: '严重滞后', en: 'severely behind' },
  'no-data': { zh: '暂无数据', en: 'no data' },
  incomparable: { zh: '不可比', en: 'not comparable' },
  'not-applicable': { zh: '不适用', en: 'not applicable' },
};

export const lightWords: Readonly<Record<Light, Wording>> = {
  green: { zh: '绿灯', en: 'green' },
  yellow: { zh: '黄灯', en: 'yellow' },
  red: { zh: '红灯', en: 'red' },
  grey: { zh: '灰灯', en: 'grey' },
};

export const outlookWords: Readonly<Record<Outlook, Wording>> = {
  reachable: { zh: '可完成', en: 'reachable' },
  'needs-effort': { zh: '需努力', en: 'needs effort' },
  'hardly-reachable': { zh: '难以完成', en: 'hardly reachable' },
};

export const verdictWords: Readonly<Record<Verdict, Wording>> = {
  completed: { zh: '完成', en: 'completed' },
  'basically-completed': { zh: '基本完成', en: 'basically completed' },
  'not-completed': { zh: '未完成', en: 'not completed' },
};

/** Chinese words for the reasons why there is no value. */
export const absentWords: Readonly<Record<Unmeasured['absent'], string>> = {
  'not-reported': '未上报',
  'not-approved': '待审核，不计入',
  missing: '缺报',
  returned: '已退回',
  withdrawn: '已撤回',
  incomplete: '汇总不全',
  uncomputed: '无法计算',
  'other-borders': '区划不同，无可比数据',
};

/** On which side of a range a value lies, and how far; undefined within. */
export function offRange({ outside }: RangeAssessment): { readonly side: string; readonly by: string } | undefined {
  if (outside === undefined || outside === '0') return undefined;
  return outside.startsWith('-') ? { side: '低于下限', by: outside.slice(1) } : { side: '高于上限', by: outside };
}

/** `性别：女 48（占 48.0%）、男 52（占 52.0%）`, or how many units did not report it. */
export function brokenDownText({ name, parts, lacking = [] }: BrokenDown): string {
  if (!parts) return `${name}：${lacking.length} 个单位未报这一分组`;
  const texts = parts.map((part) => {
    const share = part.share === undefined ? '' : `（占 ${Number(part.share).toFixed(1)}%）`;
    return `${part.name} ${part.shown ?? '无（0 ÷ 0）'}${share}`;
  });
  return `${name}：${texts.join('、')}`;
}
