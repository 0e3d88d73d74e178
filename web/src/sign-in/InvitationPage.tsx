import { Button, Form, Input, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { isCode } from '../api/client';
import { useAccept, useLink, useLinkOpenId, type NewAccount } from '../api/invitation-calls';
import { Wordmark } from '../app/Wordmark';
import { useWays } from '../api/session-calls';
import { moment } from '../format';
import { atFields } from '../shared/form-problems';
import { NewPassword } from '../shared/NewPassword';
import { ProblemAlert } from '../shared/ProblemAlert';
import { ownTimeZone } from '../shared/own-time-zone';
import { t } from '../shared/i18n';

interface Props {
  readonly secret: string;
  /** Told the account's name, where one was given. */
  readonly onDone: (account: string) => void;
  readonly onLeave: () => void;
}

/** What a one-time link leads to: an account of one's own, or another password. */
export function InvitationPage({ secret, onDone, onLeave }: Props) {
  const link = useLink(secret);
  useEffect(() => {
    document.title = t('设立账号 · 通鉴');
  }, []);
  return (
    <main className="sign-in" data-testid="invitation">
      <div className="sign-in-head">
        <Wordmark size={34} />
        <p className="muted">{t('规划监测评估')}</p>
      </div>
      <section className="card invitation" aria-labelledby="invitation">
        {link.error ? (
          <>
            <h1 id="invitation">{t('一次性链接')}</h1>
            <ProblemAlert
              error={link.error}
              retry={isCode(link.error, 'link.ended') ? undefined : () => void link.refetch()}
            />
            <Button onClick={onLeave}>{t('去登录')}</Button>
          </>
        ) : link.data ? (
          <>
            <h1 id="invitation">{link.data.purpose === 'invitation' ? t('设立账号') : t('重设密码')}</h1>
            <p>
              {link.data.name !== undefined && <b>{t('{{name}}，您好。', { name: link.data.name })}</b>}
              <span className="muted">
                {t('本链接用一次即失效，至 {{moment}} 有效', { moment: moment(link.data.endsAt, ownTimeZone) })}
              </span>
            </p>
            <AccountForm secret={secret} isReset={link.data.purpose === 'password-reset'} onDone={onDone} />
          </>
        ) : (
          <Skeleton active paragraph={{ rows: 5 }} />
        )}
      </section>
    </main>
  );
}

interface FormProps extends Pick<Props, 'secret' | 'onDone'> {
  readonly isReset: boolean;
}

function AccountForm({ secret, isReset, onDone }: FormProps) {
  const [form] = Form.useForm<NewAccount>();
  const [refusal, setRefusal] = useState<Error>();
  const ways = useWays();
  const accept = useAccept(secret);
  const linking = useLinkOpenId(secret);
  return (
    <Form<NewAccount>
      form={form}
      name="invitation"
      layout="vertical"
      requiredMark={false}
      onFinish={({ account = '', password }) => {
        setRefusal(undefined);
        const named = account.trim();
        accept.mutate(
          { password, ...(named !== '' && { account: named }) },
          { onSuccess: () => onDone(named), onError: (error) => setRefusal(atFields(form, error)) },
        );
      }}
    >
      {refusal && <ProblemAlert error={refusal} />}
      <Form.Item
        name="account"
        label={isReset ? t('账号（有几个账号时填写）') : t('账号')}
        extra={isReset ? undefined : t('今后登录时填写：2–60 位的字母、汉字、数字、点、横线或 @')}
        rules={isReset ? [] : [{ required: true, whitespace: true, message: t('请填写账号') }]}
      >
        <Input autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={60} />
      </Form.Item>
      <NewPassword label={isReset ? t('新密码') : t('密码')} />
      <Button type="primary" htmlType="submit" block loading={accept.isPending}>
        {isReset ? t('设定新密码') : t('设立账号')}
      </Button>
      {ways.data?.openId && !isReset && (
        <>
          <p className="or muted">{t('或')}</p>
          {linking.error && <ProblemAlert error={linking.error} />}
          <Button block loading={linking.isPending} onClick={() => linking.mutate()}>
            {t('改用统一身份认证账号')}
          </Button>
        </>
      )}
    </Form>
  );
}
