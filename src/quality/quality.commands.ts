import { Command } from '../slice/command.js';
import { DecimalText, Identifier, ListOf, OneOf, PlanSlug, Text } from '../slice/field.js';
import { qualityKinds, type QualityKind } from './quality-rules.js';

export class QualityRuleInput {
  @Identifier({ label: '规则代码', description: '标记和说明以此指明规则', example: 'jump-02' })
  id: string;

  @OneOf(qualityKinds, { label: '规则种类', example: 'jump' })
  kind: QualityKind;

  @Identifier({ label: '指标代码', description: '不填即可适用的全部指标', optional: true, example: '02' })
  indicator?: string;

  @DecimalText({ label: '下限', description: 'range、formula', optional: true })
  minimum?: string;

  @DecimalText({ label: '上限', description: 'range、formula', optional: true })
  maximum?: string;

  @DecimalText({ label: '变动百分比', description: 'jump：与上期相比至多变动百分之几', optional: true, example: '20' })
  percent?: string;

  @DecimalText({ label: '变动数', description: 'jump：与上期相比至多变动多少', optional: true })
  points?: string;

  @Text({ label: '公式', description: 'formula：同一单位各指标的关系', max: 500, optional: true })
  formula?: string;

  @DecimalText({ label: '天数', description: 'overdue：期末后多少天内上报', optional: true, example: '30' })
  days?: string;

  @DecimalText({
    label: '幅度',
    description: 'just-past-threshold：目标或限值的百分之几以内',
    optional: true,
    example: '1',
  })
  margin?: string;

  @Text({ label: '说明', max: 200, optional: true })
  note?: string;

  @OneOf(['explanation'], { label: '要求', description: 'explanation：有此标记须说明', optional: true })
  required?: 'explanation';
}

/** States the whole list of rules anew. */
export class SetQualityRules extends Command {
  get type() {
    return 'SetQualityRules' as const;
  }

  @PlanSlug({ label: '规划' })
  plan: string;

  @ListOf(() => QualityRuleInput, { label: '规则', max: 1000 })
  rules: QualityRuleInput[];
}
