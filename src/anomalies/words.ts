/** What a mark is of, in the order in which marks are listed. `rule`: a rule of data quality that the plan has. */
export const anomalyKinds = [
  'jump',
  'out-of-line',
  'copied',
  'too-smooth',
  'digit-preference',
  'threshold',
  'rule',
] as const;
export type AnomalyKind = (typeof anomalyKinds)[number];

/**
 * Marks on a figure that are explained by themselves. The marks of a rule are explained with the report; a preference of
 * digits is one of no single figure.
 */
export const explainableKinds = ['jump', 'out-of-line', 'copied', 'too-smooth', 'threshold'] as const;
export type ExplainableKind = (typeof explainableKinds)[number];
export const isExplainable = (kind: AnomalyKind): kind is ExplainableKind =>
  explainableKinds.some((each) => each === kind);

export const anomalyWords: Readonly<Record<AnomalyKind, string>> = {
  jump: '变动与本单位历来不同',
  'out-of-line': '变动与同级单位不同',
  copied: '与上期相同',
  'too-smooth': '各期恰成直线',
  'digit-preference': '末位数字偏好',
  threshold: '评估前刚过线',
  rule: '数据质量规则',
};

/** What would explain a mark without a mistake. */
export const mayExplain: Readonly<Record<AnomalyKind, string>> = {
  jump: '如当期有项目建成、区划或政策调整、一次性因素，或以前各期漏报',
  'out-of-line': '如本单位当期有其他单位没有的项目、政策或区划调整，或单位规模过小',
  copied: '如当期确无变动，或该数据不逐期统计',
  'too-smooth': '如按年度计划均匀安排并如期完成，或数值变动本来很小',
  'digit-preference': '如标准、定额按整数制定，或数据以概数统计',
  threshold: '如统计周期恰在评估前截止，或更正有原始资料为证',
  rule: '如规则不适用于该单位或当期有特殊情形',
};
