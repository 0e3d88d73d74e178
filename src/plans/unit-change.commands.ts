import { Command } from '../slice/command.js';
import { DateText, Identifier, OneOf, PlanSlug, Text, TextList, Translations } from '../slice/field.js';
import { unitChangeAspects } from './unit-change.events.js';

const dayField = () => DateText({ label: '生效日期', description: '新状态的第一天', example: '2023-07-01' });

abstract class UnitChange extends Command {
  @PlanSlug({ label: '规划', example: 'lishui-civil-affairs-2021-2025' })
  plan: string;
}

/** A change of one unit. */
abstract class OnUnit extends UnitChange {
  override get about() {
    return { kind: 'unit', id: this.code };
  }

  @Identifier({ label: '单位代码', example: '331102' })
  code: string;
}

export class RenameUnit extends OnUnit {
  get type() {
    return 'RenameUnit' as const;
  }

  @Text({ label: '新名称', max: 60 })
  name: string;

  @Translations()
  translations?: Record<string, string>;

  @dayField()
  on: string;
}

export class MoveUnit extends OnUnit {
  get type() {
    return 'MoveUnit' as const;
  }

  @Identifier({ label: '新的上级单位代码' })
  parent: string;

  @dayField()
  on: string;
}

export class MergeUnits extends UnitChange {
  get type() {
    return 'MergeUnits' as const;
  }

  override get about() {
    return { kind: 'unit', id: this.into };
  }

  @TextList({ label: '合并的单位', description: '代码，两个以上', max: 100 })
  units: string[];

  @Identifier({ label: '并入的单位代码', description: '其中之一，或自生效日起设立的单位' })
  into: string;

  @dayField()
  on: string;
}

export class SplitUnit extends OnUnit {
  get type() {
    return 'SplitUnit' as const;
  }

  @TextList({ label: '拆分成的单位', description: '代码，两个以上；可含原单位，其余须自生效日起设立', max: 100 })
  into: string[];

  @dayField()
  on: string;
}

export class EndUnit extends OnUnit {
  get type() {
    return 'EndUnit' as const;
  }

  @dayField()
  on: string;
}

/** A change that was entered by mistake: what concerns the unit on that day never took place. */
export class WithdrawUnitChange extends OnUnit {
  get type() {
    return 'WithdrawUnitChange' as const;
  }

  @dayField()
  on: string;

  @OneOf(unitChangeAspects, {
    label: '变更',
    description: 'name 更名；parent 改隶；territory 合并、拆分或撤销',
  })
  change: (typeof unitChangeAspects)[number];
}

export type UnitChangeCommand = RenameUnit | MoveUnit | MergeUnits | SplitUnit | EndUnit | WithdrawUnitChange;
