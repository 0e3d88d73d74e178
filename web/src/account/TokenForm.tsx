import { Button, DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState, type KeyboardEvent } from 'react';
import { useIssueToken } from '../api/account-calls';
import { usePlan, usePlans } from '../api/queries';
import { atFields } from '../shared/form-problems';
import { ProblemAlert } from '../shared/ProblemAlert';
import { judgedUnits } from '../state/scope';
import { useSession } from '../state/session';
import { t } from '../shared/i18n';

interface Props {
  /** Told the secret, which the server tells once. */
  readonly onIssued: (secret: string) => void;
  readonly onCancel: () => void;
}

interface Fields {
  readonly title: string;
  readonly permissions: string[];
  readonly plan?: string;
  readonly unit?: string;
  readonly until: Dayjs;
}

/** Enter takes the day that was typed; it does not send the form too. */
function takeDay(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === 'Enter') event.preventDefault();
}

export function TokenForm({ onIssued, onCancel }: Props) {
  const { roles } = useSession();
  const [form] = Form.useForm<Fields>();
  const [refusal, setRefusal] = useState<Error>();
  const issuing = useIssueToken();
  const plans = usePlans();
  const plan = Form.useWatch('plan', form);
  const units = usePlan(plan).data?.units ?? [];
  const held = new Map(roles.flatMap(({ may }) => may.map(({ permission, label }) => [permission, label])));
  const today = dayjs();
  return (
    <Form<Fields>
      form={form}
      name="token"
      layout="vertical"
      requiredMark={false}
      className="own-form"
      onValuesChange={(changed) => {
        if ('plan' in changed) form.setFieldsValue({ unit: undefined });
      }}
      onFinish={({ until, ...token }) => {
        setRefusal(undefined);
        issuing.mutate(
          { ...token, until: until.format('YYYY-MM-DD') },
          { onSuccess: ({ secret }) => onIssued(secret), onError: (error) => setRefusal(atFields(form, error)) },
        );
      }}
    >
      {refusal && <ProblemAlert error={refusal} />}
      <Form.Item
        name="title"
        label={t('用途')}
        rules={[{ required: true, whitespace: true, message: t('请填写用途') }]}
      >
        <Input autoFocus placeholder={t('如：养老系统按月上报')} maxLength={80} />
      </Form.Item>
      <Form.Item name="permissions" label={t('权限')} rules={[{ required: true, message: t('请选择权限') }]}>
        <Select
          mode="multiple"
          optionFilterProp="label"
          options={[...held].map(([value, label]) => ({ value, label }))}
        />
      </Form.Item>
      <Form.Item name="plan" label={t('规划（不选即本人的全部规划）')}>
        <Select allowClear options={(plans.data ?? []).map((each) => ({ value: each.plan, label: each.title }))} />
      </Form.Item>
      {plan !== undefined && (
        <Form.Item name="unit" label={t('单位（不选即本人的全部单位）')}>
          <Select
            allowClear
            showSearch
            optionFilterProp="label"
            options={judgedUnits(units).map(({ code, name }) => ({ value: code, label: name }))}
          />
        </Form.Item>
      )}
      <Form.Item
        name="until"
        label={t('截止日（含当日，至多一年）')}
        rules={[{ required: true, message: t('请选择截止日') }]}
      >
        <DatePicker minDate={today} maxDate={today.add(1, 'year')} onKeyDown={takeDay} />
      </Form.Item>
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" loading={issuing.isPending}>
          {t('签发')}
        </Button>
        <Button onClick={onCancel}>{t('取消')}</Button>
      </div>
    </Form>
  );
}
