import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useChangePassword, type PasswordChange } from '../api/account-calls';
import { atFields } from '../shared/form-problems';
import { NewPassword } from '../shared/NewPassword';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useSession } from '../state/session';
import { say } from '../shared/say';
import { t } from '../shared/i18n';

export function PasswordSection() {
  const { accounts } = useSession();
  const [isOpen, setOpen] = useState(false);
  return (
    <section aria-labelledby="own-password">
      <h2 id="own-password">{t('密码')}</h2>
      {accounts.length === 0 ? (
        <p className="muted">{t('没有设密码的账号')}</p>
      ) : isOpen ? (
        <PasswordForm accounts={accounts} onDone={() => setOpen(false)} />
      ) : (
        <p>
          {t('账号')} <b>{accounts.join(t('、'))}</b>{' '}
          <Button size="small" onClick={() => setOpen(true)}>
            {t('更改密码')}
          </Button>
        </p>
      )}
    </section>
  );
}

interface Props {
  readonly accounts: readonly string[];
  readonly onDone: () => void;
}

function PasswordForm({ accounts, onDone }: Props) {
  const [form] = Form.useForm<PasswordChange>();
  const [refusal, setRefusal] = useState<Error>();
  const changing = useChangePassword();
  return (
    <Form<PasswordChange>
      form={form}
      name="password"
      layout="vertical"
      requiredMark={false}
      className="own-form"
      initialValues={{ account: accounts[0] }}
      onFinish={({ account, current, password }) => {
        setRefusal(undefined);
        changing.mutate(
          { account, current, password },
          {
            onSuccess: () => {
              say.success(t('密码已更改；其他会话已结束'));
              onDone();
            },
            onError: (error) => setRefusal(atFields(form, error)),
          },
        );
      }}
    >
      {refusal && <ProblemAlert error={refusal} />}
      <Form.Item name="account" label={t('账号')}>
        {accounts.length > 1 ? (
          <Select options={accounts.map((value) => ({ value, label: value }))} />
        ) : (
          <Input readOnly autoComplete="username" />
        )}
      </Form.Item>
      <Form.Item name="current" label={t('现在的密码')} rules={[{ required: true, message: t('请填写现在的密码') }]}>
        <Input.Password autoFocus autoComplete="current-password" maxLength={1000} />
      </Form.Item>
      <NewPassword label={t('新密码')} />
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" loading={changing.isPending}>
          {t('更改')}
        </Button>
        <Button onClick={onDone}>{t('取消')}</Button>
      </div>
    </Form>
  );
}
