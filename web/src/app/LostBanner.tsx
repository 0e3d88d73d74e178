import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useLostAt } from '../api/connection';
import { askAgain } from '../api/session-calls';
import { t } from '../shared/i18n';

const timeOfDay = (at: Date) =>
  at.toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

/** Says that the server does not answer, and of when the data on the page is. */
export function LostBanner() {
  const queries = useQueryClient();
  const lostAt = useLostAt();
  if (!lostAt) return null;
  return (
    <div className="age-banner" role="alert" data-testid="lost">
      <strong>{t('连不上服务器')}</strong>
      <span>
        {t('所示为 {{time}} 以前取得的数据，没有提交的内容仍在本机；正在重试，恢复后自动更新', {
          time: timeOfDay(lostAt),
        })}
      </span>
      <Button
        size="small"
        onClick={() => {
          void askAgain();
          void queries.refetchQueries({ type: 'active' });
        }}
      >
        {t('立即重试')}
      </Button>
    </div>
  );
}
