import { Button, Modal } from 'antd';
import { useState } from 'react';
import { say } from '../say';
import { t } from '../i18n';
import { CommandForm, type CommandFormProps } from './CommandForm';
import { titleOf } from './commands';

interface Props extends Omit<CommandFormProps, 'onCancel'> {
  readonly text?: string;
  readonly size?: 'small' | 'middle';
  readonly type?: 'primary' | 'default' | 'link';
}

/** A button that opens the form of a command. */
export function CommandButton({ text, size = 'small', type = 'default', ...form }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size={size} type={type} danger={form.isDangerous} onClick={() => setOpen(true)}>
        {text ?? titleOf(form.command)}
      </Button>
      <CommandDialog {...form} text={text} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

interface DialogProps extends Omit<CommandFormProps, 'onCancel'> {
  readonly text?: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Once it is out of sight. */
  readonly afterClose?: () => void;
}

/** The form of a command in front of the page. */
export function CommandDialog({ text, isOpen, onClose, afterClose, ...form }: DialogProps) {
  const title = text ?? titleOf(form.command);
  return (
    <Modal
      open={isOpen}
      title={title}
      footer={null}
      destroyOnHidden
      width={640}
      onCancel={onClose}
      afterClose={afterClose}
    >
      {isOpen && (
        <CommandForm
          submitText={title}
          {...form}
          onCancel={onClose}
          onDone={(answer) => {
            onClose();
            say.success(t('已办理：{{what}}', { what: title }));
            form.onDone?.(answer);
          }}
        />
      )}
    </Modal>
  );
}
