import { Button, Skeleton } from 'antd';
import { useEndSession, useSessions } from '../api/account-calls';
import { moment } from '../format';
import { ownTimeZone } from '../shared/own-time-zone';
import { ProblemAlert } from '../shared/ProblemAlert';
import { deviceName } from './device-name';

export function SessionsSection() {
  const sessions = useSessions();
  const ending = useEndSession();
  return (
    <section aria-labelledby="own-sessions" data-testid="sessions">
      <h3 id="own-sessions">已登录的会话</h3>
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
                  {moment(createdAt, ownTimeZone)} 登录，最近使用 {moment(usedAt, ownTimeZone)}
                </small>
              </span>
              {isOwn ? (
                <span className="muted">本次</span>
              ) : (
                <Button
                  size="small"
                  loading={ending.isPending && ending.variables === id}
                  onClick={() => ending.mutate(id)}
                >
                  结束
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
