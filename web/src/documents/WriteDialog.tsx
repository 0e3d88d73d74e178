import { Button, Form, Modal, type FormInstance } from 'antd';
import { useState, type ReactNode } from 'react';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { say } from '../shared/say';
import { saveFile } from './save-file';

interface Props<Fields> {
  /** The button, the head of the dialog, and what is said once the file is written. */
  readonly texts: { readonly button: string; readonly title: string; readonly written: string };
  readonly note: string;
  readonly fileName: string;
  readonly form: FormInstance<Fields>;
  readonly writing: { readonly isPending: boolean; readonly error: Error | null };
  /** Writes the file, and hands it over. */
  readonly write: (fields: Fields, done: (file: Blob) => void) => void;
  readonly children: ReactNode;
}

/** A button that asks for what a document needs besides its snapshot, writes it, and saves it. */
export function WriteDialog<Fields>({ texts, note, fileName, form, writing, write, children }: Props<Fields>) {
  const [isOpen, setOpen] = useState(false);
  const done = (file: Blob) => {
    saveFile(file, fileName);
    setOpen(false);
    say.success(texts.written);
  };
  return (
    <>
      <Button size="small" type="link" onClick={() => setOpen(true)}>
        {texts.button}
      </Button>
      <Modal
        open={isOpen}
        title={texts.title}
        okText={t('写成并下载')}
        cancelText={t('取消')}
        confirmLoading={writing.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p className="muted">{note}</p>
        {writing.error && <ProblemAlert error={writing.error} />}
        <Form form={form} layout="vertical" onFinish={(fields: Fields) => write(fields, done)}>
          {children}
        </Form>
      </Modal>
    </>
  );
}
