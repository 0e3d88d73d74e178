import type { ReviewItem, Unlock } from '../api/types';
import { day } from '../format';
import { t } from '../shared/i18n';

/** Why a figure is locked. */
export function lockText(lock: NonNullable<ReviewItem['lock']>, timeZone: string): string {
  const on = day(lock.knownAt, timeZone);
  return lock.because === 'approved'
    ? t('已锁定：{{who}} 于 {{day}} 审核通过', { who: lock.by, day: on })
    : t('已锁定：评估“{{title}}”于 {{day}} 发布', { title: lock.title, day: on });
}

export const unlockText = ({ by, until }: Unlock): string =>
  t('已由 {{who}} 解除锁定，到 {{day}} 为止', { who: by.name, day: until });
