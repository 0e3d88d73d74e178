import { evaluationRulesFields } from '../admin/evaluation-rules';
import type { CellMargin, Flip } from '../api/types';
import { t } from '../shared/i18n';
import type { Kind } from './changes';

export const kindWords: Readonly<Record<Kind, string>> = {
  withdraw: t('撤回数据'),
  value: t('假设数值'),
  target: t('假设目标'),
  'target-version': t('恢复目标的旧版'),
  weight: t('假设权重'),
  threshold: t('假设阈值'),
  rules: t('采用另一版评估规则'),
};

export const conclusionWords: Readonly<Record<Flip['conclusion'], string>> = {
  status: t('判断'),
  outlook: t('完成前景'),
  verdict: t('终期结论'),
  veto: t('约束性指标一票否决'),
};

export const basisWords: Readonly<Record<CellMargin['basis'], string>> = {
  value: t('填报数'),
  numerator: t('分子'),
  computed: t('由下级或公式算出'),
  common: t('取上级的标准'),
  base: t('即基期值'),
};

/** The thresholds of the evaluation rules by their paths, such as `status.ahead`. */
export const thresholdChoices = Object.entries(evaluationRulesFields.properties ?? {}).flatMap(
  ([group, { description, properties }]) =>
    Object.entries(properties ?? {}).map(([name, field]) => ({
      value: `${group}.${name}`,
      label: `${description ?? group}${t('：')}${field.description ?? name}`,
    })),
);
