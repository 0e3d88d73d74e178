import { DomainError, notFound } from '../kernel/errors.js';
import { permissions, type Permission } from './roles.js';

export const accessEnded = (): DomainError =>
  new DomainError('unauthenticated', 'access.ended', '登录已失效，或访问已终止：请重新登录');

/** @param advice who may do it instead, where that is known (Chinese) */
export const noRight = (permission: Permission, advice = '需要时请联系安全管理员'): DomainError =>
  new DomainError(
    'forbidden',
    'access.no-right',
    `您没有“${permissions[permission]}”的权限（${permission}）：${advice}`,
  );

/** Something that others may act on is not told apart from something that does not exist. */
export const outOfReach = (permission: Permission): DomainError =>
  notFound('access.unknown', `没有找到可由您${permissions[permission]}的对象：请核对单位和编号`);
