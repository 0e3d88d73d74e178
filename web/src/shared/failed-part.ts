import { t } from './i18n';

/** What is said of a part of the page that failed. */
export const failedPart = ({ message }: Error): Error =>
  new Error(t('程序可能刚更新过，或连接中断：请重试，所选的时间与单位不变（{{message}}）', { message }));
