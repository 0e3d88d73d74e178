import { Alert, Button } from 'antd';
import { ProblemError } from '../api/client';
import { toLatest, toToday, type WayOut } from '../state/address';
import { t } from './i18n';
import { WaysOut } from './WaysOut';

interface Props {
  readonly error: Error;
  readonly retry?: () => void;
  /** Leads on where asking again would not help. */
  readonly wayOut?: WayOut;
}

/** For an address whose moment does not exist. */
const waysOut: Readonly<Record<string, WayOut>> = {
  'plan.not-yet-known': toToday,
  'time.future': toToday,
  'position.beyond-log': toLatest,
};

const timeOfDay = (at: Date) => at.toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit' });

/** Shows an error with the server's problem details and a way to continue. */
export function ProblemAlert({ error, retry, wayOut }: Props) {
  const problem = error instanceof ProblemError ? error.problem : undefined;
  // Waiting is of use to people where it takes minutes.
  const retryAt = error instanceof ProblemError && problem?.status === 429 ? error.retryAt : undefined;
  const notYet = problem?.code === 'plan.not-yet-known';
  const onward = wayOut ?? waysOut[problem?.code ?? ''];
  const others = (problem?.problems ?? []).filter(({ message }) => message !== problem?.detail);
  return (
    <Alert
      showIcon
      role="alert"
      type={notYet ? 'info' : 'error'}
      title={notYet ? t('当时还不知道') : (problem?.title ?? t('页面出错'))}
      description={
        <>
          <p className="problem-detail">
            {problem?.detail ?? error.message}
            {retryAt && <b>{t('（{{time}} 以后）', { time: timeOfDay(retryAt) })}</b>}
          </p>
          {others.length > 0 && (
            <ul className="problem-list">
              {others.map(({ code, message, field }) => (
                <li key={`${code} ${field ?? ''}`}>{message}</li>
              ))}
            </ul>
          )}
          {problem && <code className="problem-code">{problem.code}</code>}
        </>
      }
      action={
        onward ? (
          <WaysOut ways={[onward]} />
        ) : (
          retry && (
            <Button size="small" onClick={retry}>
              {t('重试')}
            </Button>
          )
        )
      }
    />
  );
}
