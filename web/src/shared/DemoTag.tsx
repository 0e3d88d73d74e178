import { t } from './i18n';

/** Marks a value as demonstration data (示例数据). */
export function DemoTag() {
  return (
    <span className="demo-tag" title={t('示例数据：虚构，仅供演示，不得引用')}>
      {t('示例')}
    </span>
  );
}
