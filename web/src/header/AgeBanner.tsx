import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useViewsAge } from '../api/views-age';
import { moment } from '../format';

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
  const since = viewsAsOf === 'unknown' ? '最近填报的内容可能尚未计入' : `所示为 ${moment(viewsAsOf, timeZone)} 的数据`;
  return (
    <div className="age-banner" role="status">
      <strong>数据暂未更新</strong>
      <span>{since}：日志暂时连不上，或正在跟进。已提交的数据没有丢失，恢复后自动更新。</span>
    </div>
  );
}
