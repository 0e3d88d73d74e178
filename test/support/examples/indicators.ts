import { indicatorDecider } from '../../../src/indicators/indicator.decider.js';
import type { IndicatorState } from '../../../src/indicators/indicator.state.js';
import {
  IndicatorDefined,
  IndicatorRedefined,
  IndicatorRetired,
  TargetRevised,
  TargetSet,
  type Breakdown,
  type Definition,
  type IndicatorEvent,
} from '../../../src/indicators/indicator.events.js';
import { stateOf } from '../decider-spec.js';

type Defined = (typeof IndicatorDefined)['example'];

export const nursingBedShare: Definition = {
  text: '年末护理型床位数占养老机构床位总数的百分比',
  unitOfMeasure: '%',
  valueType: 'percentage',
  measurement: {
    type: 'ratio',
    numerator: { name: '护理型床位数', unit: '张' },
    denominator: { name: '养老机构床位数', unit: '张' },
    scale: '100',
  },
  aggregation: 'ratio-of-sums',
};

export const bySex: Breakdown = {
  code: 'sex',
  name: '性别',
  parts: [
    { code: 'f', name: '女' },
    { code: 'm', name: '男' },
  ],
};
export const byAge: Breakdown = {
  code: 'age',
  name: '年龄',
  parts: [
    { code: 'a0', name: '0–59 岁' },
    { code: 'a60', name: '60–79 岁' },
    { code: 'a80', name: '80 岁以上' },
  ],
};

export const unionCount: Definition = {
  text: '年末建成并运行的康养联合体个数',
  unitOfMeasure: '个',
  valueType: 'count',
  measurement: { type: 'direct' },
  aggregation: 'sum',
};

export const allowanceStandard: Definition = {
  text: '年末执行的城乡居民最低生活保障标准，每人每年',
  unitOfMeasure: '元/年',
  valueType: 'decimal',
  measurement: { type: 'direct' },
  aggregation: 'common',
};

export const indicatorDefined = (different: Partial<Defined> = {}) =>
  IndicatorDefined.of({
    name: '护理型床位占养老机构床位比例',
    role: 'main',
    area: 'A1',
    attribute: 'expected',
    kind: 'level',
    direction: 'higher',
    frequency: 'A',
    decimals: 1,
    definition: nursingBedShare,
    targetScope: 'all',
    trajectory: 'milestones',
    weight: '1',
    owner: '331100',
    assumptions: [],
    ...different,
  });

/** Indicator 02: a ratio of components. */
export const bedsDefined = indicatorDefined();
/** Indicator 03: an integer, reported directly. */
export const unionsDefined = indicatorDefined({ name: '康养联合体数', decimals: 0, definition: unionCount });
/** Indicator 04: binding, with one standard for the whole city. */
export const allowanceDefined = indicatorDefined({
  name: '城乡居民最低生活保障标准',
  attribute: 'binding',
  decimals: 0,
  definition: allowanceStandard,
});

export const redefined = (definitionVersion: number, comparable: boolean, text = `口径第 ${definitionVersion} 版`) =>
  IndicatorRedefined.of({ definitionVersion, definition: { ...nursingBedShare, text }, comparable });

export const targetSet = (period: string, value: string, unit = '331100') =>
  TargetSet.of({ unit, period, value, targetVersion: 1 });

export const targetRevised = (period: string, from: string, to: string, targetVersion = 2) =>
  TargetRevised.of({ unit: '331100', period, from, to, targetVersion });

export const retiredFrom = (fromPeriod: string) => IndicatorRetired.of({ fromPeriod });

export const indicatorState = (...events: IndicatorEvent[]): IndicatorState => stateOf(indicatorDecider, ...events);
