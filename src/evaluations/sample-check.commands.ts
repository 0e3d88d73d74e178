import { DecimalText, Identifier, OneOf, PeriodText, Whole } from '../slice/field.js';
import { OnEvaluation } from './on-evaluation.js';
import { checkOutcomes, type CheckOutcome } from './sample-check.events.js';

export class CheckSampledFigure extends OnEvaluation {
  get type() {
    return 'CheckSampledFigure' as const;
  }

  @Whole({ label: '快照序号', min: 1, max: 10_000 })
  snapshot: number;

  @Identifier({ label: '指标代码', example: '02' })
  code: string;

  @Identifier({ label: '单位代码', example: '331102' })
  unit: string;

  @PeriodText({ label: '期间', example: '2022' })
  period: string;

  @OneOf(checkOutcomes, {
    label: '核对结果',
    description: 'confirmed 属实；corrected 须更正；unsupported 无依据',
  })
  outcome: CheckOutcome;

  @DecimalText({
    label: '原始资料的数值',
    description: '结果为“须更正”的须填；更正本身另按数据更正办理',
    optional: true,
    example: '54.2',
  })
  found?: string;
}
