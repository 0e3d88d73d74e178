import type { Actor } from '../kernel/event.js';

/** What a person may do: a verb on a kind of thing, with the words of a refusal. Code asks for permissions only. */
export const permissions = {
  'plans.read': '查看规划',
  'plans.define': '编制规划（结构、指标、目标、单位、规则、期限）',
  'programme.plan': '登记和调整项目、政策、任务、规划任务目标',
  'programme.report': '报告项目、政策、任务的进展',
  'programme.confirm': '确认项目、政策、任务的进展',
  'figures.report': '上报数据',
  'figures.declare-missing': '登记缺报',
  'figures.withdraw': '撤回数据',
  'figures.correct': '更正未锁定的数据',
  'figures.correct-locked': '更正已锁定的数据',
  'figures.approve': '审核数据',
  'figures.return': '退回数据',
  'figures.unlock': '解除锁定',
  'evidence.keep': '留存依据文件',
  'known-time.set': '补录（指定掌握日期）',
  'evaluations.open': '开展评估',
  'evaluations.snapshot': '生成快照',
  'evaluations.judge': '作出评估判断',
  'evaluations.as-self': '以自评身份判断',
  'evaluations.as-authority': '以主管部门身份判断',
  'evaluations.as-third-party': '以第三方身份判断',
  'evaluations.as-experts': '以专家组或公众的名义判断',
  'evaluations.conclude': '作出评估结论',
  'evaluations.find': '提出问题',
  'evaluations.recommend': '提出建议',
  'evaluations.publish': '发布评估',
  'evaluations.supersede': '替代已发布的评估',
  'rectification.assign': '交办整改、调整整改期限',
  'rectification.accept': '验收、退回整改',
  'rectification.close': '办结整改',
  'appraisal.put-forth': '公示考核表',
  'appraisal.object': '对考核扣分提出申诉',
  'appraisal.decide': '裁定考核申诉',
  'audit.read': '查阅审计记录',
  'access-log.read': '查阅访问日志',
  'rights.read': '查阅权限',
  'log.prove': '核验和导出事件日志',
  'people.read': '查看人员名录',
  'people.invite': '邀请人员、管理账号',
  'people.end-access': '终止人员的访问',
  'people.erase': '注销人员姓名',
  'system.operate': '运行维护（视图重建、备份、状态）',
  'roles.grant': '授予角色',
  'roles.end': '终止角色',
  'tokens.revoke': '吊销令牌',
} as const;
export type Permission = keyof typeof permissions;

/** Over what a role is granted: a plan (or all) and a unit with all below it, a plan whole, or the installation itself. */
export type RoleScope = 'unit' | 'plan' | 'installation';

export interface RoleDefinition {
  /** The Chinese name. */
  readonly label: string;
  readonly scope: RoleScope;
  readonly may: readonly Permission[];
  /** Three administrators of whom nobody holds two, and who need a second factor. */
  readonly isAdministrator?: true;
  /** Reads every value, whoever brought it and whether or not it is approved. */
  readonly seesAll?: true;
  /** A grant of it must have an end. */
  readonly mustEnd?: true;
}

const reader = ['plans.read'] as const;
const evaluator = [
  ...reader,
  'evaluations.open',
  'evaluations.snapshot',
  'evaluations.judge',
  'evaluations.as-experts',
  'evaluations.find',
  'evaluations.recommend',
  'rectification.assign',
] as const;

/**
 * The role table, a value with a version: which roles there are and what each may do. A change gets the next version and a
 * line in `docs/access.md`; `test/samples/roles` keeps the earlier ones.
 */
export const roleTable = {
  version: 5,
  roles: {
    reporter: {
      label: '填报员',
      scope: 'unit',
      may: [
        ...reader,
        'figures.report',
        'figures.declare-missing',
        'figures.withdraw',
        'figures.correct',
        'evidence.keep',
        'programme.report',
        'evaluations.judge',
        'evaluations.as-self',
        'appraisal.object',
      ],
    },
    reviewer: {
      label: '审核员',
      scope: 'unit',
      may: [
        ...reader,
        'figures.approve',
        'figures.return',
        'programme.confirm',
        'evaluations.judge',
        'evaluations.as-authority',
        'rectification.accept',
        'appraisal.decide',
      ],
    },
    corrector: {
      label: '更正员',
      scope: 'unit',
      may: [...reader, 'figures.correct', 'figures.correct-locked', 'evidence.keep'],
    },
    backfill: { label: '补录员', scope: 'unit', may: [...reader, 'known-time.set', 'evidence.keep'] },
    'plan-manager': {
      label: '规划管理员',
      scope: 'plan',
      may: [
        ...reader,
        'plans.define',
        'programme.plan',
        'programme.report',
        'figures.unlock',
        'evidence.keep',
        'evaluations.find',
      ],
      seesAll: true,
    },
    evaluator: { label: '评估员', scope: 'plan', may: evaluator, seesAll: true },
    'evaluation-lead': {
      label: '评估负责人',
      scope: 'plan',
      may: [
        ...evaluator,
        'evaluations.conclude',
        'evaluations.publish',
        'evaluations.supersede',
        'rectification.accept',
        'rectification.close',
        'appraisal.put-forth',
        'appraisal.decide',
      ],
      seesAll: true,
    },
    'external-evaluator': {
      label: '第三方评估',
      scope: 'plan',
      may: [...reader, 'evaluations.judge', 'evaluations.as-third-party', 'evaluations.as-experts', 'evaluations.find'],
      mustEnd: true,
    },
    leader: { label: '领导', scope: 'unit', may: reader },
    auditor: {
      label: '审计员',
      scope: 'plan',
      may: [...reader, 'audit.read', 'access-log.read', 'rights.read', 'log.prove', 'people.read'],
      isAdministrator: true,
      seesAll: true,
    },
    'system-admin': {
      label: '系统管理员',
      scope: 'installation',
      may: ['people.read', 'people.invite', 'people.end-access', 'people.erase', 'system.operate'],
      isAdministrator: true,
    },
    'security-admin': {
      label: '安全管理员',
      scope: 'installation',
      may: ['people.read', 'rights.read', 'roles.grant', 'roles.end', 'tokens.revoke'],
      isAdministrator: true,
    },
  } satisfies Record<string, RoleDefinition>,
} as const;

export type RoleName = keyof typeof roleTable.roles;
export const roleNames = Object.keys(roleTable.roles) as RoleName[];

export const roleOf = (name: string): RoleDefinition | undefined =>
  Object.hasOwn(roleTable.roles, name) ? roleTable.roles[name as RoleName] : undefined;

/**
 * Whether the roles with which somebody acts include the permission, and the token lets it through. The roles are those
 * in force over what the command is about. Imports record what was decided elsewhere, and the operator of the machine may
 * do anything.
 */
export const mayAs = (
  { means, roles, permissions }: Pick<Actor, 'means' | 'roles' | 'permissions'>,
  permission: Permission,
): boolean =>
  means === 'import' ||
  means === 'operator' ||
  (roles.some((name) => roleOf(name)?.may.includes(permission)) && (permissions?.includes(permission) ?? true));
