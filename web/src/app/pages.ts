import type { Permission } from '../api/types';
import { t } from '../shared/i18n';

/** A page of a plan, as the menu offers it. */
export interface PlanPage {
  /** Below `/p/:plan`. */
  readonly path: string;
  readonly title: string;
  /** Any of these, somewhere in the plan, is needed to be offered it. */
  readonly needs?: readonly Permission[];
}

export interface PageGroup {
  readonly title: string;
  readonly pages: readonly PlanPage[];
}

export const planPages: readonly PageGroup[] = [
  {
    title: t('监测'),
    pages: [
      { path: '', title: t('总览') },
      { path: 'indicators', title: t('主要指标') },
      { path: 'units', title: t('各单位') },
      { path: 'promises', title: t('规划任务目标') },
      { path: 'projects', title: t('重大项目') },
      { path: 'policies', title: t('政策改革') },
      { path: 'tasks', title: t('重点任务') },
      { path: 'findings', title: t('问题与核查') },
      { path: 'warnings', title: t('预警') },
      { path: 'anomalies', title: t('数据异常提示') },
    ],
  },
  {
    title: t('办理'),
    pages: [
      { path: 'report', title: t('数据填报'), needs: ['figures.report', 'figures.correct', 'programme.report'] },
      { path: 'review', title: t('数据审核'), needs: ['figures.approve', 'figures.unlock'] },
    ],
  },
  {
    title: t('评估'),
    pages: [
      { path: 'evaluations', title: t('评估存档') },
      { path: 'appraisal', title: t('考核') },
      { path: 'compare', title: t('比较') },
      { path: 'continuity', title: t('规划衔接') },
      { path: 'what-if', title: t('假设推演') },
    ],
  },
  {
    title: t('审计'),
    pages: [
      { path: 'audit', title: t('审计查询'), needs: ['audit.read'] },
      { path: 'audit/proof', title: t('日志核验'), needs: ['log.prove'] },
    ],
  },
  { title: t('说明'), pages: [{ path: 'about', title: t('规划与规则说明') }] },
];

export interface AdminPage {
  /** Below `/admin`. */
  readonly path: string;
  readonly title: string;
  readonly needs: readonly Permission[];
}

export const adminPages: readonly AdminPage[] = [
  { path: 'people', title: t('人员'), needs: ['people.read'] },
  { path: 'roles', title: t('角色与授权'), needs: ['roles.grant', 'rights.read'] },
  { path: 'units', title: t('单位'), needs: ['plans.define'] },
  { path: 'plans', title: t('规划'), needs: ['plans.define'] },
  { path: 'rules', title: t('规则'), needs: ['plans.define'] },
  { path: 'deadlines', title: t('报送期限'), needs: ['plans.define'] },
  { path: 'feeds', title: t('数据源'), needs: ['plans.define'] },
  { path: 'webhooks', title: t('消息推送'), needs: ['plans.define'] },
  { path: 'imports', title: t('导入记录'), needs: ['plans.define', 'audit.read'] },
  { path: 'access-log', title: t('访问日志'), needs: ['access-log.read'] },
  { path: 'system', title: t('系统'), needs: ['system.operate'] },
];
