import { t } from '../shared/i18n';

export function DemoBanner() {
  return (
    <div className="demo-banner" role="note">
      <strong>{t('示例数据')}</strong>
      <span>
        {t(
          '本页含虚构的演示数据，不得引用。带“示例”标记的数值、目标、人员和事由都是虚构的；没有此标记的取自规划文本和公报。',
        )}
      </span>
    </div>
  );
}
