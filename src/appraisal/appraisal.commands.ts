import { Command } from '../slice/command.js';
import { Flag, Identifier, PeriodText, PlanSlug, Text, Whole } from '../slice/field.js';

abstract class OnAppraisal extends Command {
  @PlanSlug({ label: '规划' })
  plan: string;

  @PeriodText({ label: '年度', example: '2022' })
  period: string;
}

/** Puts the sheets of all units forth for objection. */
export class PutForthAppraisal extends OnAppraisal {
  get type() {
    return 'PutForthAppraisal' as const;
  }
}

abstract class OnSheet extends OnAppraisal {
  @Identifier({ label: '单位代码', example: '331102' })
  unit: string;
}

export class ObjectToDeduction extends OnSheet {
  get type() {
    return 'ObjectToDeduction' as const;
  }

  @Text({
    label: '扣分',
    description: '考核表所列扣分的编号（id）',
    example: 'timeliness/overdue/figure/05/331102/2022',
  })
  deduction: string;
}

abstract class OnObjection extends OnSheet {
  @Whole({ label: '申诉序号', min: 1, max: 10_000 })
  number: number;
}

export class WithdrawObjection extends OnObjection {
  get type() {
    return 'WithdrawObjection' as const;
  }
}

export class DecideObjection extends OnObjection {
  get type() {
    return 'DecideObjection' as const;
  }

  @Flag({ label: '采纳', description: '采纳即撤销该项扣分；采纳与否都须写明事由' })
  accepted: boolean;
}

export type AppraisalCommand = PutForthAppraisal | ObjectToDeduction | WithdrawObjection | DecideObjection;
