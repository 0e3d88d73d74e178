import { Button, DatePicker, Form, Input, Modal, Upload } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { templateAddress, useWordReport } from '../api/document-calls';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { say } from '../shared/say';
import { usePlanHere } from '../state/scope';
import { saveFile } from './save-file';

interface Props {
  readonly id: string;
  readonly number: string;
}

interface Fields {
  readonly issuer?: string;
  readonly date?: Dayjs;
  readonly number?: string;
  readonly secrecy?: string;
}

/** Writes the Word report of a snapshot: with what the bureau says of the document, and in its own template. */
export function WordReportButton({ id, number }: Props) {
  const { plan } = usePlanHere();
  const [form] = Form.useForm<Fields>();
  const [isOpen, setOpen] = useState(false);
  const [template, setTemplate] = useState<File>();
  const writing = useWordReport();
  const write = ({ date, ...texts }: Fields) => {
    const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text?.trim()));
    const letterhead = { ...given, ...(date && { date: date.format('YYYY-MM-DD') }) };
    writing.mutate(
      { plan, id, number, letterhead, ...(template && { template }) },
      {
        onSuccess: (file) => {
          saveFile(file, `${id}-${number}.docx`);
          setOpen(false);
          say.success(t('已写成 Word 报告'));
        },
      },
    );
  };
  return (
    <>
      <Button size="small" type="link" onClick={() => setOpen(true)}>
        {t('Word 报告')}
      </Button>
      <Modal
        open={isOpen}
        title={t('写成 Word 报告')}
        okText={t('写成并下载')}
        cancelText={t('取消')}
        confirmLoading={writing.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p className="muted">{t('都可以不填：不填的在文件中留空。报告中的数都由存档写入，可随时核对')}</p>
        {writing.error && <ProblemAlert error={writing.error} />}
        <Form form={form} layout="vertical" onFinish={write}>
          <Form.Item name="issuer" label={t('发文机关')}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="number" label={t('发文字号')}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="date" label={t('成文日期')}>
            <DatePicker />
          </Form.Item>
          <Form.Item name="secrecy" label={t('密级和保密期限')}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item
            label={t('本单位的模板')}
            extra={
              <>
                {t('模板是 Word 文件：版式、次序、标题、用语都可以改，双花括号之间由存档填写。')}
                <a href={templateAddress(plan)}>{t('下载默认模板')}</a>
              </>
            }
          >
            <Upload
              accept=".docx"
              maxCount={1}
              beforeUpload={(file) => {
                setTemplate(file);
                writing.reset();
                return false;
              }}
              onRemove={() => setTemplate(undefined)}
            >
              <Button>{t('选择模板')}</Button>
            </Upload>
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
