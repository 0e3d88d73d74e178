import { useEffect, useState, type ComponentType } from 'react';
import { failedPart } from '../shared/failed-part';
import { t } from '../shared/i18n';
import { say } from '../shared/say';
import { liesAbove } from '../shared/use-keys';
import type { SearchDialogProps } from './SearchDialog';

const fetchDialog = () => import('./SearchDialog');

/** Finds anything of the plan, from every page of it: a click, Ctrl K or ⌘K opens it. */
export function SearchBox() {
  const [Dialog, setDialog] = useState<ComponentType<SearchDialogProps>>();
  const [isOpen, setOpen] = useState(false);
  const open = () =>
    void fetchDialog().then(
      ({ SearchDialog }) => {
        setDialog(() => SearchDialog);
        setOpen(true);
      },
      (error: Error) => say.error(failedPart(error).message),
    );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isAsked = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (!isAsked || event.key.toLowerCase() !== 'k' || liesAbove()) return;
      event.preventDefault();
      open();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        className="field search-box"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={open}
        onPointerEnter={() => void fetchDialog().catch(() => undefined)}
      >
        {t('查找')}
        <kbd aria-hidden="true">{navigator.platform.startsWith('Mac') ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      {isOpen && Dialog && <Dialog onClose={() => setOpen(false)} />}
    </>
  );
}
