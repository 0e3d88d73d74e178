import type { UseMutationResult } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { CodeField } from '../shared/CodeField';
import { atFields } from '../shared/form-problems';
import { ProblemAlert } from '../shared/ProblemAlert';
import { t } from '../shared/i18n';

interface Props {
  /** Of the form, unique on the page. */
  readonly name: string;
  readonly button: string;
  readonly extra: string;
  readonly sending: UseMutationResult<unknown, Error, string>;
  readonly onCancel?: () => void;
}

export function CodeForm({ name, button, extra, sending, onCancel }: Props) {
  const [form] = Form.useForm<{ readonly code: string }>();
  const [refusal, setRefusal] = useState<Error>();
  return (
    <Form<{ readonly code: string }>
      form={form}
      name={name}
      layout="vertical"
      requiredMark={false}
      className="own-form"
      onFinish={({ code }) => {
        setRefusal(undefined);
        sending.mutate(code, { onError: (error) => setRefusal(atFields(form, error)) });
      }}
    >
      {refusal && <ProblemAlert error={refusal} />}
      <CodeField autoFocus label={t('动态口令')} extra={extra} />
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" loading={sending.isPending}>
          {button}
        </Button>
        {onCancel && <Button onClick={onCancel}>{t('取消')}</Button>}
      </div>
    </Form>
  );
}
