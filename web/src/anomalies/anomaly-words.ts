import type { Anomaly } from '../api/types';
import { t } from '../shared/i18n';

type Kind = Anomaly['kind'];

/** What a mark is of, in the order of the list. */
export const anomalyWords: Readonly<Record<Kind, string>> = {
  jump: t('变动与本单位历来不同'),
  'out-of-line': t('变动与同级单位不同'),
  copied: t('与上期相同'),
  'too-smooth': t('各期恰成直线'),
  'digit-preference': t('末位数字偏好'),
  threshold: t('评估前刚过线'),
  rule: t('数据质量规则'),
};
