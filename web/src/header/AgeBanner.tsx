import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useViewsAge } from '../api/views-age';
import { moment } from '../format';
import { t } from '../shared/i18n';

/** Warning that the data shown may be outdated, because the server cannot reach the log or is still catching up. */
export function AgeBanner({ timeZone }: { readonly timeZone: string }) {
  const viewsAsOf = useViewsAge();
  const queries = useQueryClient();
  const isBehind = viewsAsOf !== undefined;
  useEffect(() => {
    if (!isBehind) return undefined;
    const timer = setInterval(() => void queries.invalidateQueries(), 15_000);
    return () => clearInterval(timer);
  }, [isBehind, queries]);
  if (viewsAsOf === undefined) return null;
  return (
    <div className="age-banner" role="status">
      <strong>{t('数据暂未更新')}</strong>
      <span>
        {viewsAsOf === 'unknown'
          ? t('最近填报的内容可能尚未计入。')
          : t('所示为 {{moment}} 的数据。', { moment: moment(viewsAsOf, timeZone) })}{' '}
        {t('日志暂时连不上，或正在跟进：已提交的数据没有丢失，恢复后自动更新。')}
      </span>
    </div>
  );
}
