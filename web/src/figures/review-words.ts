import type { ReviewItem } from '../api/types';
import { t } from '../shared/i18n';

export const keyOf = ({ code, unit, period }: Pick<ReviewItem, 'code' | 'unit' | 'period'>): string =>
  `${code}/${unit}/${period}`;

export const nameOf = ({ name, unitName, period }: Pick<ReviewItem, 'name' | 'unitName' | 'period'>): string =>
  t('{{unit}} {{period}} {{name}}', { unit: unitName, period, name });

export const levelWords: Readonly<Record<string, string>> = {
  national: t('国家级'),
  province: t('省级'),
  city: t('市级'),
  county: t('县级'),
  town: t('乡镇'),
};

/** `县级审核`, or whose approval it is where the plan names no level. */
export const stepText = ({ level }: { readonly level?: string }): string =>
  level === undefined ? t('有审核权的人审核') : t('{{level}}审核', { level: levelWords[level] ?? level });

export const meansWords: Readonly<Record<string, string>> = {
  web: t('网页'),
  token: t('程序令牌'),
  import: t('文件导入'),
  operator: t('服务器本机'),
};
