import { Form, Input } from 'antd';
import { t } from './i18n';

/** Characters, as the server counts them. */
const shortest = 12;

/** The rules of a new password, and the fields `password` and `repeated` of a form. */
export function NewPassword({ label }: { readonly label: string }) {
  return (
    <>
      <Form.Item
        name="password"
        label={label}
        extra={t('至少 12 个字符，可用几个不相干的词连成；不要求大小写和符号。不能是常见的密码，不能含账号名')}
        validateTrigger="onBlur"
        rules={[{ required: true, message: t('请填写密码') }, { validator: longEnough }]}
      >
        <Input.Password autoComplete="new-password" maxLength={1000} />
      </Form.Item>
      <Form.Item
        name="repeated"
        label={t('再填一次')}
        dependencies={['password']}
        validateTrigger="onBlur"
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue('password')
                ? Promise.resolve()
                : Promise.reject(new Error(t('两次填写的不一致'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={1000} />
      </Form.Item>
    </>
  );
}

function longEnough(_: unknown, value: string | undefined): Promise<void> {
  const length = [...(value ?? '')].length;
  if (length === 0 || length >= shortest) return Promise.resolve();
  return Promise.reject(new Error(t('至少 {{shortest}} 个字符，现有 {{length}} 个', { shortest, length })));
}
