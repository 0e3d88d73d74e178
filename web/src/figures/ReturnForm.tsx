import { Button, Form, Input, Modal } from 'antd';
import type { ReviewItem } from '../api/types';
import { t } from '../shared/i18n';
import { keyOf, nameOf } from './review-words';

interface Props {
  /** None while the form is closed. */
  readonly figures: readonly ReviewItem[] | undefined;
  readonly isSending: boolean;
  readonly onCancel: () => void;
  readonly onSend: (reason: string) => void;
}

const named = 8;

/** Asks for the reason with which figures go back to their reporters. */
export function ReturnForm({ figures = [], isSending, onCancel, onSend }: Props) {
  return (
    <Modal
      open={figures.length > 0}
      title={t('退回 {{count}} 条数据', { count: figures.length })}
      footer={null}
      onCancel={onCancel}
      destroyOnHidden
    >
      <Form<{ reason: string }>
        layout="vertical"
        name="return"
        className="own-form"
        onFinish={({ reason }) => onSend(reason.trim())}
      >
        <ul className="plain-list">
          {figures.slice(0, named).map((item) => (
            <li key={keyOf(item)}>
              {nameOf(item)}
              {t('：')}
              {item.shown} {item.unitOfMeasure}
            </li>
          ))}
          {figures.length > named && <li>{t('……等 {{count}} 条', { count: figures.length })}</li>}
        </ul>
        <Form.Item
          name="reason"
          label={t('事由')}
          extra={t('填报人会看到；写清哪里不对、要怎样改')}
          rules={[{ required: true, whitespace: true, message: t('请写明退回的事由') }]}
        >
          <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
        </Form.Item>
        <div className="form-buttons">
          <Button type="primary" danger htmlType="submit" loading={isSending}>
            {t('退回')}
          </Button>
          <Button onClick={onCancel}>{t('取消')}</Button>
        </div>
      </Form>
    </Modal>
  );
}
