import { Command } from '../slice/command.js';
import { DecimalText, Identifier, ListOf, OneOf, PeriodText, PlanSlug, Text } from '../slice/field.js';
import { missingReasons, type MissingReason } from './figure.events.js';

export abstract class OnFigure extends Command {
  @PlanSlug({ label: '规划' })
  plan: string;

  @Identifier({ label: '指标代码', example: '02' })
  code: string;

  @Identifier({ label: '单位代码', example: '331102' })
  unit: string;

  @PeriodText({ label: '期间', example: '2022' })
  period: string;

  override get about() {
    return { kind: 'figure', id: `${this.code}/${this.unit}/${this.period}` };
  }
}

export class PartInput {
  @Identifier({ label: '分组代码', example: 'sex' })
  breakdown: string;

  @Identifier({ label: '组代码', example: 'f' })
  part: string;

  @DecimalText({ label: '数值', optional: true, example: '28.3' })
  value?: string;

  @DecimalText({ label: '分子', optional: true, example: '530' })
  numerator?: string;

  @DecimalText({ label: '分母', optional: true, example: '960' })
  denominator?: string;
}

export class ExplanationInput {
  @Identifier({ label: '规则代码', description: '数据质量规则', example: 'jump-02' })
  rule: string;

  @Text({ label: '说明', max: 1000, example: '两家机构年内投入运营' })
  text: string;
}

abstract class OnReported extends OnFigure {
  @DecimalText({ label: '数值', description: '直接填报的数值', optional: true, example: '55.3' })
  value?: string;

  @DecimalText({ label: '分子', optional: true, example: '1060' })
  numerator?: string;

  @DecimalText({ label: '分母', optional: true, example: '1930' })
  denominator?: string;

  @ListOf(() => PartInput, {
    label: '分组',
    description: '口径所定分组的各组数，与总数用同一种填法；一个分组的各组须填全',
    max: 500,
    optional: true,
  })
  parts?: PartInput[];

  @ListOf(() => ExplanationInput, {
    label: '质量说明',
    description: '对数据质量规则所作标记的说明',
    max: 50,
    optional: true,
  })
  explanations?: ExplanationInput[];
}

export class MeasureIndicator extends OnReported {
  get type() {
    return 'MeasureIndicator' as const;
  }

  @Text({
    label: '例外说明',
    description: '为何填报规划年度之外或已停用指标的数据',
    max: 500,
    optional: true,
  })
  exception?: string;
}

export class DeclareMissing extends OnFigure {
  get type() {
    return 'DeclareMissing' as const;
  }

  @OneOf(missingReasons, {
    label: '缺报原因',
    description: 'not-due 未到报送期；not-collected 未统计；not-applicable 不适用；under-verification 待核实',
  })
  because: MissingReason;
}

export class ApproveMeasurement extends OnFigure {
  get type() {
    return 'ApproveMeasurement' as const;
  }
}

export class ReturnMeasurement extends OnFigure {
  get type() {
    return 'ReturnMeasurement' as const;
  }
}

export class CorrectMeasurement extends OnReported {
  get type() {
    return 'CorrectMeasurement' as const;
  }
}

export class WithdrawMeasurement extends OnFigure {
  get type() {
    return 'WithdrawMeasurement' as const;
  }
}

export type FigureCommand =
  MeasureIndicator | DeclareMissing | ApproveMeasurement | ReturnMeasurement | CorrectMeasurement | WithdrawMeasurement;
