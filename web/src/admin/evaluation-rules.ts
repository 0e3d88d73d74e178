import type { FieldSchema } from '../shared/command/commands';
import { t } from '../shared/i18n';

const number = (description: string): FieldSchema => ({
  type: 'string',
  description,
  pattern: '^-?\\d{1,12}(\\.\\d{1,20})?$',
});

const group = (description: string, properties: Readonly<Record<string, FieldSchema>>): FieldSchema => ({
  type: 'object',
  description,
  required: Object.keys(properties),
  properties,
});

/** The evaluation rules as fields: what each threshold means, in the order in which they are applied. */
export const evaluationRulesFields: FieldSchema = {
  type: 'object',
  description: t('评估规则'),
  required: ['source', 'status', 'outlook', 'verdict', 'index', 'projects'],
  properties: {
    source: { type: 'string', description: t('出处：随结论一同显示'), maxLength: 400 },
    status: group(t('进度判断：完成进度减序时进度，百分点'), {
      ahead: number(t('快于预期：领先不少于')),
      asExpected: number(t('符合预期：领先不少于')),
      roughly: number(t('基本符合预期：领先不少于，低于此为滞后')),
      severe: number(t('严重滞后：领先低于')),
    }),
    outlook: group(t('完成前景：所需速度 ÷ 实际速度'), {
      reachable: number(t('可完成：不大于')),
      needsEffort: number(t('需努力：不大于，大于此为难以完成')),
    }),
    verdict: group(t('终期结论'), { basicallyCompleted: number(t('基本完成：完成进度不少于，%')) }),
    limit: group(t('限值的余量：差多少仍可接受，限值的 %；不填即没有余量'), {
      roughly: number(t('基本符合预期：超出不多于')),
      basicallyCompleted: number(t('基本完成：终期超出不多于')),
    }),
    index: group(t('指数'), {
      baseScore: number(t('基础分：仍为基期值时的得分')),
      slope: number(t('进度分：按序时完成时再加')),
      cap: number(t('封顶分：也是达标时的得分')),
      bindingVeto: { type: 'boolean', description: t('约束性指标一票否决') },
    }),
    projects: group(t('项目'), { moneyAhead: number(t('资金超前：投资完成率高出形象进度不少于，百分点')) }),
  },
};
