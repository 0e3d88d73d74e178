import { permissions, roleNames, type Permission, type RoleName } from '../access/roles.js';
import { Command } from '../slice/command.js';
import { Identifier, KnownTimeText, OneOf, PersonId, PlanSlug, Text, TextList } from '../slice/field.js';

abstract class OnPerson extends Command {
  @PersonId({ label: '人员编号', example: 'p_abcdefghijklmnopqrst' })
  person: string;

  override get about() {
    return { kind: 'person', id: this.person };
  }
}

export class InvitePerson extends OnPerson {
  get type() {
    return 'InvitePerson' as const;
  }

  @Identifier({ label: '所在单位', optional: true, example: '331102' })
  unit?: string;
}

export class MovePerson extends OnPerson {
  get type() {
    return 'MovePerson' as const;
  }

  @Identifier({ label: '所在单位', optional: true, example: '331121' })
  unit?: string;
}

export class GrantRole extends OnPerson {
  get type() {
    return 'GrantRole' as const;
  }

  @OneOf(roleNames, { label: '角色', example: 'reporter' })
  role: RoleName;

  @PlanSlug({ label: '规划', description: '不填即全部规划', optional: true })
  plan?: string;

  @Identifier({ label: '单位', description: '连同其下属单位；不填即全部单位', optional: true, example: '331102' })
  unit?: string;

  @KnownTimeText({ label: '起始日', description: '不填即现在', optional: true, example: '2026-01-01' })
  from?: string;

  @KnownTimeText({ label: '截止日', description: '含当日；不填即不限期', optional: true, example: '2026-12-31' })
  until?: string;

  @KnownTimeText({ label: '查看时点', description: '第三方评估人员可查看到的最后时点', optional: true })
  moment?: string;

  @TextList({ label: '评估', description: '第三方评估人员参与的评估', max: 20, optional: true })
  evaluations?: string[];
}

export class EndRole extends OnPerson {
  get type() {
    return 'EndRole' as const;
  }

  @Identifier({ label: '授权编号', example: 'g1' })
  grant: string;
}

export class EndAccess extends OnPerson {
  get type() {
    return 'EndAccess' as const;
  }
}

export class ResetSecondFactor extends OnPerson {
  get type() {
    return 'ResetSecondFactor' as const;
  }
}

export class IssueToken extends OnPerson {
  get type() {
    return 'IssueToken' as const;
  }

  @Identifier({ label: '令牌编号', example: 't_abcdefghijklmnopqrst' })
  token: string;

  @Text({ label: '用途', max: 80, example: '养老系统按月上报' })
  title: string;

  @TextList({ label: '权限', description: '本人权限的一部分', max: Object.keys(permissions).length })
  permissions: Permission[];

  @PlanSlug({ label: '规划', optional: true })
  plan?: string;

  @Identifier({ label: '单位', optional: true, example: '331102' })
  unit?: string;

  @KnownTimeText({ label: '截止日', description: '含当日，至多一年', example: '2026-12-31' })
  until: string;
}

export class RevokeToken extends OnPerson {
  get type() {
    return 'RevokeToken' as const;
  }

  @Identifier({ label: '令牌编号', example: 't_abcdefghijklmnopqrst' })
  token: string;
}

export class ErasePerson extends OnPerson {
  get type() {
    return 'ErasePerson' as const;
  }
}

export type PersonCommand =
  | InvitePerson
  | MovePerson
  | GrantRole
  | EndRole
  | EndAccess
  | ResetSecondFactor
  | IssueToken
  | RevokeToken
  | ErasePerson;
