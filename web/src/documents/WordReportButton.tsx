import { Button, DatePicker, Form, Input, Upload } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { templateAddress, useWordReport } from '../api/document-calls';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';
import { WriteDialog } from './WriteDialog';

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
  const [template, setTemplate] = useState<File>();
  const writing = useWordReport();
  const write = ({ date, ...texts }: Fields, done: (file: Blob) => void) => {
    const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text?.trim()));
    const letterhead = { ...given, ...(date && { date: date.format('YYYY-MM-DD') }) };
    writing.mutate({ plan, id, number, letterhead, ...(template && { template }) }, { onSuccess: done });
  };
  return (
    <WriteDialog
      texts={{ button: t('Word 报告'), title: t('写成 Word 报告'), written: t('已写成 Word 报告') }}
      note={t('都可以不填：不填的在文件中留空。报告中的数都由存档写入，可随时核对')}
      fileName={`${id}-${number}.docx`}
      {...{ form, writing, write }}
    >
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
    </WriteDialog>
  );
}
