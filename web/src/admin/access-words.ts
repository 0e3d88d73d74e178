import type { AccessKind } from '../api/types';
import { t } from '../shared/i18n';

export const accessWords: Readonly<Record<AccessKind, string>> = {
  'sign-in': t('登录'),
  'sign-in.failed': t('登录失败'),
  'sign-out': t('退出登录'),
  'session.ended': t('结束会话'),
  'access.ended': t('终止访问'),
  'account.set': t('设置账号或密码'),
  'second-factor.set': t('启用两步验证'),
  'second-factor.removed': t('停用两步验证'),
  'token.issued': t('签发令牌'),
  'token.revoked': t('吊销令牌'),
  'person.erased': t('注销人员姓名'),
  export: t('导出'),
  'read.third-party': t('第三方查阅'),
  'read.trail': t('查阅审计记录'),
  'read.access-log': t('查阅访问日志'),
};
