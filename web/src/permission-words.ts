import type { Permission } from './api/types';
import { t } from './shared/i18n';

/** What the permissions are called; the role table itself is read by fewer people. */
export const permissionLabels: Readonly<Record<Permission, string>> = {
  'plans.read': t('查看规划'),
  'plans.define': t('编制规划（结构、指标、目标、单位、规则、期限）'),
  'programme.plan': t('登记和调整项目、政策、任务、任务目标'),
  'programme.report': t('报告项目、政策、任务的进展'),
  'programme.confirm': t('确认项目、政策、任务的进展'),
  'evidence.keep': t('留存依据文件'),
  'figures.report': t('上报数据'),
  'figures.declare-missing': t('登记缺报'),
  'figures.withdraw': t('撤回数据'),
  'figures.correct': t('更正未锁定的数据'),
  'figures.correct-locked': t('更正已锁定的数据'),
  'figures.approve': t('审核数据'),
  'figures.return': t('退回数据'),
  'figures.unlock': t('解除锁定'),
  'known-time.set': t('补录（指定掌握日期）'),
  'evaluations.open': t('开展评估'),
  'evaluations.snapshot': t('生成快照'),
  'evaluations.judge': t('作出评估判断'),
  'evaluations.as-self': t('以自评身份判断'),
  'evaluations.as-authority': t('以主管部门身份判断'),
  'evaluations.as-third-party': t('以第三方身份判断'),
  'evaluations.as-experts': t('以专家组或公众的名义判断'),
  'evaluations.conclude': t('作出评估结论'),
  'evaluations.find': t('提出问题'),
  'evaluations.recommend': t('提出建议'),
  'evaluations.publish': t('发布评估'),
  'evaluations.supersede': t('替代已发布的评估'),
  'rectification.assign': t('交办整改、调整整改期限'),
  'rectification.accept': t('验收、退回整改'),
  'rectification.close': t('办结整改'),
  'audit.read': t('查阅审计记录'),
  'access-log.read': t('查阅访问日志'),
  'rights.read': t('查阅权限'),
  'log.prove': t('核验和导出事件日志'),
  'people.read': t('查看人员名录'),
  'people.invite': t('邀请人员、管理账号'),
  'people.end-access': t('终止人员的访问'),
  'people.erase': t('注销人员姓名'),
  'system.operate': t('运行维护（视图重建、备份、状态）'),
  'roles.grant': t('授予角色'),
  'roles.end': t('终止角色'),
  'tokens.revoke': t('吊销令牌'),
};

/** The name of a permission; rights of the past may have others. */
export const permissionLabel = (permission: string): string =>
  (permissionLabels as Readonly<Record<string, string>>)[permission] ?? permission;
