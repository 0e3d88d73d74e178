import { t } from './shared/i18n';
import type { RoleName } from './api/types';

/** What the roles are called, in the language of the page. */
export const roleWords: Readonly<Record<RoleName, string>> = {
  reporter: t('填报员'),
  reviewer: t('审核员'),
  corrector: t('更正员'),
  backfill: t('补录员'),
  'plan-manager': t('规划管理员'),
  evaluator: t('评估员'),
  'evaluation-lead': t('评估负责人'),
  'external-evaluator': t('第三方评估'),
  leader: t('领导'),
  auditor: t('审计员'),
  'system-admin': t('系统管理员'),
  'security-admin': t('安全管理员'),
};

/** The name of a role that stands in an event; events from before there was sign-in have others. */
export const roleWord = (role: string): string => (roleWords as Readonly<Record<string, string>>)[role] ?? role;
