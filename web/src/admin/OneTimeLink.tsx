import { Alert, Button, Typography } from 'antd';
import type { InvitationAnswer } from '../api/types';
import { moment } from '../format';
import { t } from '../shared/i18n';
import { ownTimeZone } from '../shared/own-time-zone';
import type { LinkPurpose } from '../api/people-calls';

interface Props {
  readonly link: InvitationAnswer;
  readonly purpose: LinkPurpose;
  /** For whom, as they are called. */
  readonly name: string;
  readonly onSaved: () => void;
}

/** A one-time link that was just made. The server tells it once, and so does the page. */
export function OneTimeLink({ link: { secret, endsAt }, purpose, name, onSaved }: Props) {
  const address = `${location.origin}/#/invitation/${secret}`;
  return (
    <Alert
      showIcon
      role="status"
      type="success"
      title={
        purpose === 'invitation'
          ? t('{{name}}设立账号的一次性链接', { name })
          : t('{{name}}重设密码的一次性链接', { name })
      }
      description={
        <>
          <pre className="once-shown" data-testid="once-shown">
            {address}
          </pre>
          <p>{t('只显示这一次，用一次即失效，至 {{until}} 有效', { until: moment(endsAt, ownTimeZone) })}</p>
          <ul className="hand-over">
            <li>{t('当面交给本人，或通过单位内部渠道单独发给本人；不要发到群里，不要经他人转交')}</li>
            <li>{t('本人打开链接，自行设定账号和密码；您不会知道其密码')}</li>
            <li>{t('链接遗失或过期的，可以再发；再发不影响已设立的账号')}</li>
          </ul>
          <div className="form-buttons">
            <Typography.Text copyable={{ text: address }}>{t('复制链接')}</Typography.Text>
            <Button size="small" onClick={onSaved}>
              {t('已交给本人')}
            </Button>
          </div>
        </>
      }
    />
  );
}
