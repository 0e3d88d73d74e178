import { t } from '../shared/i18n';

/** What browsers say in their `User-Agent`; the first that fits. Others name themselves Chrome or Safari too. */
const browsers: readonly [RegExp, string][] = [
  [/MicroMessenger/, t('微信')],
  [/Edg/, 'Edge'],
  [/QQBrowser/, t('QQ浏览器')],
  [/Firefox/, 'Firefox'],
  [/Chrom/, 'Chrome'],
  [/Safari/, 'Safari'],
];
const systems: readonly [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** A browser as people know it: `Chrome，Windows`. */
export function deviceName(userAgent: string | undefined): string {
  const named = [browsers, systems].map((known) => known.find(([form]) => form.test(userAgent ?? ''))?.[1]);
  return named.filter(Boolean).join(t('，')) || t('其他设备');
}
