import { useEffect, useRef, useState } from 'react';
import { t } from '../shared/i18n';
import { liesAbove } from '../shared/use-keys';
import { usePart } from '../shared/use-part';

const fetchDialog = async () => (await import('./SearchDialog')).SearchDialog;

/** Finds anything of the plan, from every page of it: a click, Ctrl K or ⌘K opens it. */
export function SearchBox() {
  const [Dialog, load] = usePart(fetchDialog);
  const [isOpen, setOpen] = useState(false);
  const open = () => load(() => setOpen(true));
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isAsked = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (!isAsked || event.key.toLowerCase() !== 'k' || liesAbove()) return;
      event.preventDefault();
      latest.current();
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
