import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { isCode } from '../api/client';
import { useSignIn, type Attempt } from '../api/session-calls';
import { CodeField } from '../shared/CodeField';
import { atFields, focusOn } from '../shared/form-problems';
import { ProblemAlert } from '../shared/ProblemAlert';
import { t } from '../shared/i18n';

/** Account and password; the code too, once the server has asked for it. */
export function SignInForm({ account }: { readonly account?: string }) {
  const [form] = Form.useForm<Attempt>();
  const [asksCode, askCode] = useState(false);
  const [refusal, setRefusal] = useState<Error>();
  const signIn = useSignIn();

  function refused(error: Error) {
    if (isCode(error, 'sign-in.code-needed')) {
      // The field has the focus when it appears.
      askCode(true);
    } else if (isCode(error, 'sign-in.wrong')) {
      form.setFields([{ name: 'password', errors: [error.message] }]);
      focusOn(form, 'password');
    } else {
      setRefusal(atFields(form, error));
    }
  }

  return (
    <Form<Attempt>
      form={form}
      name="sign-in"
      layout="vertical"
      requiredMark={false}
      initialValues={{ account }}
      onValuesChange={(changed) => {
        if ('account' in changed) askCode(false);
      }}
      onFinish={(attempt) => {
        setRefusal(undefined);
        signIn.mutate(attempt, { onError: refused });
      }}
    >
      {refusal && <ProblemAlert error={refusal} />}
      <Form.Item
        name="account"
        label={t('账号')}
        rules={[{ required: true, whitespace: true, message: t('请填写账号') }]}
      >
        <Input autoFocus={!account} autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={100} />
      </Form.Item>
      <Form.Item name="password" label={t('密码')} rules={[{ required: true, message: t('请填写密码') }]}>
        <Input.Password autoFocus={!!account} autoComplete="current-password" maxLength={1000} />
      </Form.Item>
      {asksCode && (
        <CodeField autoFocus label={t('动态口令')} extra={t('手机验证器上现在显示的 6 位数，或一个恢复码')} />
      )}
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
        {t('登录')}
      </Button>
    </Form>
  );
}
