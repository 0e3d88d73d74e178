import type { Assessment, Attribute } from '../assessment/assessment.js';
import type { Unmeasured } from '../assessment/measured.js';
import { absentWords, statusWords, type Wording } from '../assessment/words.js';
import type { MissingReason } from '../figures/figure.events.js';
import { missingReasons } from '../figures/figure.events.js';
import { missingWords } from '../figures/words.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import type { ProjectNow } from '../overview/programme/projects.js';
import { statusText } from '../reports/marks.js';
import { aggregationWords, attributeWords, directionWords, frequencyWords, kindWords } from '../reports/words.js';

const word = (zh: string, en: string): Wording => ({ zh, en });

export const words = {
  skip: word('跳到正文', 'Skip to content'),
  navigation: word('本站各页', 'Pages of this site'),
  home: word('首页', 'Home'),
  projects: word('重大项目', 'Major projects'),
  report: word('报告全文', 'Full report'),
  data: word('数据', 'Data'),
  verify: word('核验', 'Verification'),
  demo: word('示例数据，不得引用。', 'Demonstration data, not to be cited.'),
  demoMeaning: word(
    '本站含虚构的演示数据；由其算出的进度、判断、指数同样只供演示，不反映实际情况。',
    'This site contains made-up data. The progress, verdicts and index computed from it are for demonstration only.',
  ),
  demoFlag: word('示例数据', 'Demonstration data'),
  superseded: word('本评估已由另一评估接替：', 'This evaluation has been superseded by'),
  foot: word('由评估存档写成：', 'Written from the evaluation snapshot'),
  none: word('—', '—'),
} as const;

const fromChinese = <Key extends string>(
  zh: Readonly<Record<Key, string>>,
  en: Readonly<Record<Key, string>>,
): Readonly<Record<Key, Wording>> =>
  Object.fromEntries((Object.keys(zh) as Key[]).map((key) => [key, word(zh[key], en[key])])) as Record<Key, Wording>;

export const attributes: Readonly<Record<Attribute, Wording>> = fromChinese(attributeWords, {
  binding: 'binding',
  expected: 'expected',
});

export const directions = fromChinese(directionWords, { higher: 'higher is better', lower: 'lower is better' });

export const kinds = fromChinese(kindWords, {
  level: 'level',
  cumulative: 'cumulative over the plan',
  growth: 'mean annual growth',
  hold: 'to be held (bottom line)',
});

export const frequencies = fromChinese(frequencyWords, {
  A: 'yearly',
  S: 'half-yearly',
  Q: 'quarterly',
  M: 'monthly',
});

export const aggregations: Readonly<Record<IndicatorRow['definition']['aggregation'], Wording>> = fromChinese(
  aggregationWords,
  {
    'ratio-of-sums': 'sum of numerators ÷ sum of denominators of the units below',
    sum: 'sum of the units below',
    common: 'one common standard for all units',
    none: 'not aggregated',
  },
);

const absences = fromChinese<Unmeasured['absent']>(absentWords, {
  'not-reported': 'not reported',
  'not-approved': 'not approved yet',
  missing: 'missing',
  returned: 'returned',
  withdrawn: 'withdrawn',
  incomplete: 'incomplete',
  uncomputed: 'cannot be computed',
  'other-borders': 'other borders, not comparable',
});

const reasons: Readonly<Record<MissingReason, Wording>> = fromChinese(missingWords, {
  'not-applicable': 'not applicable',
  'not-collected': 'not collected',
  'not-due': 'not due yet',
  'under-verification': 'under verification',
});

/** Why there is no value. */
export const absenceOf = ({ absent, because }: Unmeasured): Wording =>
  absent === 'missing' && missingReasons.includes(because as MissingReason)
    ? reasons[because as MissingReason]
    : absences[absent];

/** As `statusText` says it, in both languages. */
export function statusOf(assessment: Assessment): Wording {
  const { status, missing, fault } = assessment;
  const zh = statusText(assessment);
  if (fault !== undefined) return word(zh, 'cannot be projected');
  if (status === 'incomparable') return statusWords[status];
  if (missing === 'target') return word(zh, status === 'no-data' ? 'target cannot be computed' : 'no target');
  return missing === 'base' ? word(zh, 'no base value') : statusWords[status];
}

export const standings: Readonly<Record<ProjectNow['standing'], Wording>> = {
  registered: word('未报开工', 'start not reported'),
  started: word('已开工', 'started'),
  suspended: word('停工', 'suspended'),
  completed: word('已竣工', 'completed'),
  cancelled: word('已取消', 'cancelled'),
};
