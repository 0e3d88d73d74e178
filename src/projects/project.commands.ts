import { Command } from '../slice/command.js';
import {
  DateText,
  DecimalText,
  EventId,
  Flag,
  Identifier,
  Nested,
  OneOf,
  PeriodText,
  PlanSlug,
  Text,
  TextList,
  Whole,
} from '../slice/field.js';
import { projectCategories, projectClasses } from './project.events.js';

class PrintedInput {
  @Text({ label: '原文建设期', optional: true })
  period?: string;

  @Text({ label: '原文投资', optional: true })
  investment?: string;
}

abstract class OnProject extends Command {
  @PlanSlug({ label: '规划' })
  plan: string;

  @Identifier({ label: '项目编号', example: 'P01' })
  id: string;

  override get about() {
    return { kind: 'project', id: this.id };
  }
}

abstract class OnProjectDay extends OnProject {
  @DateText({ label: '日期', description: '事情发生之日', example: '2022-06-30' })
  on: string;
}

/** What a project is: the fields of its registration and of an amendment. */
export abstract class ProjectContent extends OnProject {
  @Text({ label: '项目名称' })
  name: string;

  @Identifier({ label: '责任单位', example: '331100' })
  unit: string;

  @OneOf(projectClasses, { label: '项目类别', description: 'implementing 实施类；prospective 谋划类' })
  class: (typeof projectClasses)[number];

  @OneOf(projectCategories, { label: '类别名称', description: 'continuing 续建类；new 新建类', optional: true })
  category?: (typeof projectCategories)[number];

  @Text({ label: '领域', max: 60, optional: true })
  sector?: string;

  @PeriodText({ label: '计划开工', example: '2021' })
  plannedStart: string;

  @PeriodText({ label: '计划竣工', example: '2023' })
  plannedEnd: string;

  @DecimalText({ label: '总投资', description: '以规划的金额单位计，默认万元', example: '25000' })
  investment: string;

  @Text({ label: '建设单位', optional: true })
  builder?: string;

  @Flag({ label: '建设单位待定', optional: true })
  builderPending?: boolean;

  @Identifier({ label: '所属打包项目', description: '本项目是哪个项目的子项', optional: true })
  package?: string;

  @Nested(() => PrintedInput, { label: '原文', optional: true })
  printed?: PrintedInput;

  @Text({ label: '读法', description: '原文与读法不同时说明', max: 500, optional: true })
  reading?: string;

  @TextList({ label: '原文异常', max: 20, optional: true })
  anomalies?: string[];

  @Whole({ label: '行号', min: 1, max: 1_000_000, optional: true })
  line?: number;
}

export class RegisterProject extends ProjectContent {
  get type() {
    return 'RegisterProject' as const;
  }
}

export class AmendProject extends ProjectContent {
  get type() {
    return 'AmendProject' as const;
  }
}

export class StartProject extends OnProjectDay {
  get type() {
    return 'StartProject' as const;
  }
}

export class ReportProjectProgress extends OnProjectDay {
  get type() {
    return 'ReportProjectProgress' as const;
  }

  @DecimalText({ label: '形象进度（%）', example: '45' })
  percent: string;

  @Text({ label: '形象进度说明', max: 1000, optional: true })
  text?: string;
}

abstract class OnInvestment extends OnProjectDay {
  @DecimalText({ label: '累计投资', description: '开工以来累计，以规划的金额单位计，默认万元', example: '11200' })
  amount: string;
}

export class ReportInvestment extends OnInvestment {
  get type() {
    return 'ReportInvestment' as const;
  }
}

export class CorrectInvestment extends OnInvestment {
  get type() {
    return 'CorrectInvestment' as const;
  }
}

export class RescheduleProject extends OnProject {
  get type() {
    return 'RescheduleProject' as const;
  }

  @PeriodText({ label: '新的计划竣工', example: '2024-06' })
  plannedEnd: string;
}

export class SuspendProject extends OnProjectDay {
  get type() {
    return 'SuspendProject' as const;
  }
}

export class ResumeProject extends OnProjectDay {
  get type() {
    return 'ResumeProject' as const;
  }
}

export class CompleteProject extends OnProjectDay {
  get type() {
    return 'CompleteProject' as const;
  }
}

export class CancelProject extends OnProjectDay {
  get type() {
    return 'CancelProject' as const;
  }
}

export class WithdrawProjectReport extends OnProject {
  get type() {
    return 'WithdrawProjectReport' as const;
  }

  @EventId({
    label: '登记',
    description: '所撤回的登记，以其事件编号',
    example: '0f4c51d2-6a0e-5a1b-9a53-7c1a2f0e9d11',
  })
  report: string;
}

export type ProjectCommand =
  | RegisterProject
  | AmendProject
  | StartProject
  | ReportProjectProgress
  | ReportInvestment
  | CorrectInvestment
  | RescheduleProject
  | SuspendProject
  | ResumeProject
  | CompleteProject
  | CancelProject
  | WithdrawProjectReport;
