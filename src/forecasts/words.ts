import type { ForecastMethod } from './methods.js';
import type { EarlyWarnings } from './plan-forecasts.js';
import type { ProgrammeExpected } from './programme-forecasts.js';

export const methodWords: Readonly<Record<ForecastMethod, string>> = {
  'last-pace': '按最近一期的变化外推',
  linear: '线性趋势（最小二乘）',
  geometric: '等比趋势（对数最小二乘）',
  robust: '稳健趋势（Theil–Sen）',
};

/** What is expected of an indicator, or why nothing is. */
export const expectedWords: Readonly<Record<keyof EarlyWarnings['counts'], string>> = {
  misses: '预计完不成',
  meets: '预计能完成',
  'few-values': '数据不足两期',
  'no-target': '没有可判断的目标',
  due: '目标已到期',
  retired: '指标已停用',
};

/** What is expected of a project or a task, or why nothing is. */
export const programmeExpectedWords: Readonly<Record<ProgrammeExpected, string>> = {
  standstill: '没有进展',
  late: '预计逾期',
  'on-time': '预计按期',
  'few-reports': '进度报告不足',
  'not-started': '尚未开工（开展）',
  undated: '没有期限',
  over: '期限已过',
};
