import { Button, Modal } from 'antd';
import { useState } from 'react';
import { say } from '../say';
import { t } from '../i18n';
import { CommandForm, type CommandFormProps } from './CommandForm';
import { schemaOf } from './commands';

interface Props extends Omit<CommandFormProps, 'onCancel'> {
  readonly text?: string;
  readonly size?: 'small' | 'middle';
  readonly type?: 'primary' | 'default' | 'link';
}

/** A button that opens the form of a command. */
export function CommandButton({ text, size = 'small', type = 'default', ...form }: Props) {
  const [isOpen, setOpen] = useState(false);
  const title = text ?? schemaOf(form.command).title;
  return (
    <>
      <Button size={size} type={type} onClick={() => setOpen(true)}>
        {title}
      </Button>
      <Modal open={isOpen} title={title} footer={null} destroyOnHidden width={640} onCancel={() => setOpen(false)}>
        {isOpen && (
          <CommandForm
            {...form}
            onCancel={() => setOpen(false)}
            onDone={(answer) => {
              setOpen(false);
              say.success(t('已办理：{{what}}', { what: title }));
              form.onDone?.(answer);
            }}
          />
        )}
      </Modal>
    </>
  );
}
