import { Command } from '../slice/command.js';
import { DecimalText, Flag, Identifier, OneOf, PeriodText, PlanSlug, Text, Whole } from '../slice/field.js';
import { commitments, comparators } from './promise.events.js';

abstract class OnPromise extends Command {
  @PlanSlug({ label: '规划' })
  plan: string;

  @Identifier({ label: '规划任务目标编号', example: 'T09' })
  id: string;

  override get about() {
    return { kind: 'promise', id: this.id };
  }
}

/** What a promise is: the fields of its recording and of an amendment. */
export abstract class PromiseContent extends OnPromise {
  @Text({ label: '规划任务目标', max: 300 })
  statement: string;

  @Text({ label: '章节', optional: true })
  section?: string;

  @Identifier({ label: '对应指标', optional: true })
  indicator?: string;

  @Identifier({ label: '对应任务', optional: true })
  task?: string;

  @PeriodText({ label: '期限', optional: true, example: '2025' })
  period?: string;

  @OneOf(comparators, { label: '比较', optional: true })
  comparator?: (typeof comparators)[number];

  @DecimalText({ label: '任务目标值', optional: true })
  value?: string;

  @Text({ label: '计量单位', max: 40, optional: true })
  unitOfMeasure?: string;

  @OneOf(commitments, { label: '语气', description: 'firm 明确；strive 力争；exploratory 探索' })
  commitment: (typeof commitments)[number];

  @Flag({ label: '与主要指标重复', optional: true })
  repeats?: boolean;

  @Text({ label: '说明', max: 500, optional: true })
  note?: string;

  @Whole({ label: '行号', min: 1, max: 1_000_000, optional: true })
  line?: number;
}

export class RecordPromise extends PromiseContent {
  get type() {
    return 'RecordPromise' as const;
  }
}

export class AmendPromise extends PromiseContent {
  get type() {
    return 'AmendPromise' as const;
  }
}

export class WithdrawPromise extends OnPromise {
  get type() {
    return 'WithdrawPromise' as const;
  }
}

export type PromiseCommand = RecordPromise | AmendPromise | WithdrawPromise;
