import { Command } from '../slice/command.js';
import {
  DateText,
  DecimalText,
  EventId,
  Identifier,
  OneOf,
  PeriodText,
  PlanSlug,
  Text,
  Whole,
} from '../slice/field.js';
import { taskKinds } from './task.events.js';

abstract class OnTask extends Command {
  @PlanSlug({ label: '规划' })
  plan: string;

  @Identifier({ label: '任务编号', example: 'D01' })
  id: string;

  override get about() {
    return { kind: 'task', id: this.id };
  }
}

abstract class OnTaskDay extends OnTask {
  @DateText({ label: '日期', description: '事情发生之日', example: '2022-06-30' })
  on: string;
}

/** What a task is: the fields of its assignment and of an amendment. */
export abstract class TaskContent extends OnTask {
  @Text({ label: '任务' })
  title: string;

  @Identifier({ label: '行动计划代码', optional: true })
  actionPlan?: string;

  @OneOf(taskKinds, { label: '任务类型', optional: true })
  kind?: (typeof taskKinds)[number];

  @Identifier({ label: '责任单位', optional: true })
  owner?: string;

  @PeriodText({ label: '完成期限', optional: true, example: '2025' })
  due?: string;

  @Text({ label: '章节', optional: true })
  section?: string;

  @Text({ label: '说明', max: 500, optional: true })
  note?: string;

  @Whole({ label: '行号', min: 1, max: 1_000_000, optional: true })
  line?: number;
}

export class AssignTask extends TaskContent {
  get type() {
    return 'AssignTask' as const;
  }
}

export class AmendTask extends TaskContent {
  get type() {
    return 'AmendTask' as const;
  }
}

export class ReportTaskProgress extends OnTaskDay {
  get type() {
    return 'ReportTaskProgress' as const;
  }

  @DecimalText({ label: '进展（%）', optional: true, example: '60' })
  percent?: string;

  @Text({ label: '进展说明', max: 1000 })
  text: string;
}

export class CompleteTask extends OnTaskDay {
  get type() {
    return 'CompleteTask' as const;
  }

  @Text({ label: '成果', max: 1000 })
  text: string;
}

export class ReopenTask extends OnTaskDay {
  get type() {
    return 'ReopenTask' as const;
  }
}

export class DropTask extends OnTaskDay {
  get type() {
    return 'DropTask' as const;
  }
}

export class WithdrawTaskReport extends OnTask {
  get type() {
    return 'WithdrawTaskReport' as const;
  }

  @EventId({
    label: '登记',
    description: '所撤回的登记，以其事件编号',
    example: '0f4c51d2-6a0e-5a1b-9a53-7c1a2f0e9d11',
  })
  report: string;
}

export type TaskCommand =
  AssignTask | AmendTask | ReportTaskProgress | CompleteTask | ReopenTask | DropTask | WithdrawTaskReport;
