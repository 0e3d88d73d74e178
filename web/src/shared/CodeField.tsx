import { Form, Input } from 'antd';
import { t } from './i18n';

interface Props {
  readonly label: string;
  readonly extra: string;
  readonly autoFocus?: boolean;
}

/** The field `code` of a form: the code that a phone shows now, or a recovery code where that is taken. */
export function CodeField({ label, extra, autoFocus = false }: Props) {
  return (
    <Form.Item name="code" label={label} extra={extra} rules={[{ required: true, message: t('请填写动态口令') }]}>
      <Input autoFocus={autoFocus} autoComplete="one-time-code" inputMode="text" maxLength={60} />
    </Form.Item>
  );
}
