import { Form, Input, Modal, Select } from 'antd';
import { idFromName, type Actor } from '../api/actor';
import { judgedUnits, topUnit, useScope } from '../state/scope';

interface Props {
  readonly open: boolean;
  readonly actor: Actor | undefined;
  readonly onCancel: () => void;
  readonly onDone: (actor: Actor) => void;
}

interface Fields {
  readonly name: string;
  readonly id?: string;
  readonly unit: string;
}

/** Dialog for the person who acts, who is stored in every event. */
export function ActorDialog({ open, actor, onCancel, onDone }: Props) {
  const { plan } = useScope();
  const [form] = Form.useForm<Fields>();
  const finish = ({ name, id, unit }: Fields) =>
    onDone({ name: name.trim(), id: id?.trim() || idFromName(name), unit });
  return (
    <Modal
      open={open}
      destroyOnHidden
      title="经办人"
      okText="确定"
      cancelText="取消"
      onCancel={onCancel}
      onOk={() => form.submit()}
      width={440}
    >
      <p className="muted dialog-note">写入的每个事件都记下经办人，以后可查。只问一次，保存在本浏览器。</p>
      <Form<Fields>
        form={form}
        name="actor"
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: actor?.name, id: actor?.id, unit: actor?.unit ?? topUnit(plan.units)?.code }}
        onFinish={finish}
      >
        <Form.Item
          name="name"
          label="姓名"
          rules={[
            { required: true, whitespace: true, message: '请填写姓名' },
            { max: 60, message: '至多 60 字' },
            { pattern: /[\p{L}\p{N}]/u, message: '姓名须含文字' },
          ]}
        >
          <Input autoFocus autoComplete="name" maxLength={60} />
        </Form.Item>
        <Form.Item
          name="id"
          label="工号或账号（可不填）"
          rules={[
            { pattern: /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,59}$/u, message: '以文字或数字开头，可含 . _ @ -，至多 60 位' },
          ]}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="unit" label="单位" rules={[{ required: true, message: '请选择单位' }]}>
          <Select
            options={judgedUnits(plan.units).map(({ code, bureau, name }) => ({ value: code, label: bureau ?? name }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
