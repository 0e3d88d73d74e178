import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useInvite } from '../api/people-calls';
import type { InvitationAnswer } from '../api/types';
import { atFields } from '../shared/form-problems';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { OneTimeLink } from './OneTimeLink';
import { useScopes } from './places';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

interface Fields {
  readonly name: string;
  readonly unit?: string;
}

/** Invites a person, and then shows the one-time link. */
export function InviteDialog({ isOpen, onClose }: Props) {
  const [made, setMade] = useState<{ readonly link: InvitationAnswer; readonly name: string }>();
  const close = () => {
    setMade(undefined);
    onClose();
  };
  return (
    <Modal
      open={isOpen}
      title={t('邀请人员')}
      footer={null}
      destroyOnHidden
      // The link is told once: a click beside it does not throw it away.
      mask={{ closable: !made }}
      closable={!made}
      keyboard={!made}
      onCancel={close}
    >
      {made ? (
        <OneTimeLink link={made.link} name={made.name} purpose="invitation" onSaved={close} />
      ) : (
        <InviteForm onMade={(link, name) => setMade({ link, name })} onCancel={close} />
      )}
    </Modal>
  );
}

interface FormProps {
  readonly onMade: (link: InvitationAnswer, name: string) => void;
  readonly onCancel: () => void;
}

function InviteForm({ onMade, onCancel }: FormProps) {
  const [form] = Form.useForm<Fields>();
  const [refusal, setRefusal] = useState<Error>();
  const inviting = useInvite();
  const { units } = useScopes();
  return (
    <Form<Fields>
      form={form}
      name="invite"
      layout="vertical"
      className="own-form"
      onFinish={({ name, unit }) => {
        setRefusal(undefined);
        inviting.mutate(
          { name: name.trim(), ...(unit !== undefined && { unit }) },
          {
            onSuccess: (link) => onMade(link, name.trim()),
            onError: (error) => setRefusal(atFields(form, error)),
          },
        );
      }}
    >
      <p className="muted">{t('邀请后，由安全管理员授予角色；没有角色的人员登录后看不到任何规划')}</p>
      {refusal && <ProblemAlert error={refusal} />}
      <Form.Item name="name" label={t('姓名')} rules={[{ required: true, whitespace: true, message: t('请填写姓名') }]}>
        <Input autoFocus maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="unit" label={t('所在单位')} extra={t('不属任何单位的（如第三方评估人员）不填')}>
        <Select
          allowClear
          showSearch
          optionFilterProp="label"
          options={units.map(({ code, name }) => ({ value: code, label: t('{{name}}（{{code}}）', { name, code }) }))}
        />
      </Form.Item>
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" loading={inviting.isPending}>
          {t('生成一次性链接')}
        </Button>
        <Button onClick={onCancel}>{t('取消')}</Button>
      </div>
    </Form>
  );
}
