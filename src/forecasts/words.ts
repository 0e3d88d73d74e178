import type { ForecastMethod } from './methods.js';
import type { EarlyWarnings } from './plan-forecasts.js';

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
