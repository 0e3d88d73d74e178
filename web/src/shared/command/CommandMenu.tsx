import { Button, Dropdown } from 'antd';
import { useRef, useState } from 'react';
import { t } from '../i18n';
import { CommandDialog } from './CommandButton';
import type { CommandFormProps } from './CommandForm';

export interface CommandItem extends Omit<CommandFormProps, 'onCancel'> {
  readonly text: string;
}

interface Props {
  /** What the commands are about, for those who do not see the row. */
  readonly about: string;
  readonly items: readonly CommandItem[];
}

/** The commands that one thing of a list allows, behind one button. */
export function CommandMenu({ about, items }: Props) {
  const [chosen, setChosen] = useState<CommandItem>();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (items.length === 0) return null;
  return (
    <>
      <Dropdown
        trigger={['click']}
        autoFocus
        menu={{
          items: items.map(({ text, isDangerous }) => ({ key: text, label: text, danger: isDangerous })),
          onClick: ({ key, domEvent }) => {
            domEvent.stopPropagation();
            // Else the same Enter presses what has the focus in the dialog: its closing button.
            domEvent.preventDefault();
            setChosen(items.find(({ text }) => text === key));
            setOpen(true);
          },
        }}
      >
        <Button
          ref={button}
          size="small"
          aria-haspopup="menu"
          aria-label={t('办理：{{about}}', { about })}
          onClick={(event) => event.stopPropagation()}
        >
          {t('办理')}
        </Button>
      </Dropdown>
      {chosen && (
        <span onClick={(event) => event.stopPropagation()}>
          <CommandDialog
            {...chosen}
            isOpen={isOpen}
            onClose={() => setOpen(false)}
            // The item that opened it is gone.
            afterClose={() => button.current?.focus()}
          />
        </span>
      )}
    </>
  );
}
