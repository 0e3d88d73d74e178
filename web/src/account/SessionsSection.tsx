import { Button, Skeleton } from 'antd';
import { useEndSession, useSessions } from '../api/account-calls';
import { moment } from '../format';
import { ownTimeZone } from '../shared/own-time-zone';
import { ProblemAlert } from '../shared/ProblemAlert';
import { deviceName } from './device-name';
import { t } from '../shared/i18n';

export function SessionsSection() {
  const sessions = useSessions();
  const ending = useEndSession();
  return (
    <section aria-labelledby="own-sessions" data-testid="sessions">
      <h2 id="own-sessions">{t('已登录的会话')}</h2>
      {ending.error && <ProblemAlert error={ending.error} />}
      {sessions.error ? (
        <ProblemAlert error={sessions.error} retry={() => void sessions.refetch()} />
      ) : sessions.data ? (
        <ul className="own-list">
          {sessions.data.map(({ id, isOwn, device, address, createdAt, usedAt }) => (
            <li key={id} data-session={id}>
              <span>
                <b title={device}>{deviceName(device)}</b>
                {address !== undefined && ` · ${address}`}
                <small className="muted">
                  {t('{{begun}} 登录，最近使用 {{used}}', {
                    begun: moment(createdAt, ownTimeZone),
                    used: moment(usedAt, ownTimeZone),
                  })}
                </small>
              </span>
              {isOwn ? (
                <span className="muted">{t('本次')}</span>
              ) : (
                <Button
                  size="small"
                  loading={ending.isPending && ending.variables === id}
                  onClick={() => ending.mutate(id)}
                >
                  {t('结束')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <Skeleton active paragraph={{ rows: 2 }} title={false} />
      )}
    </section>
  );
}
