import { useEffect, useRef } from 'react';

/** What keys do, by the name of the key, such as `j`, `ArrowDown`, `?`. */
export type Keys = Readonly<Record<string, () => void>>;

const typing = 'input, textarea, select, [contenteditable], [role="combobox"], [role="textbox"]';
/** While something lies over the page, its keys are its own. */
const above = '.ant-modal-root .ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open, .ant-select-open';

/** Whether something lies over the page. */
export const liesAbove = (): boolean => document.querySelector(`${above}, dialog[open]`) !== null;

/** Single keys as shortcuts. They do nothing while somebody types, nor with Ctrl, Alt or Meta. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const run = latest.current[event.key];
      if (!run || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
      const at = event.target instanceof HTMLElement ? event.target : undefined;
      const isBox = at instanceof HTMLInputElement && at.type === 'checkbox';
      if ((at?.closest(typing) && !isBox) || liesAbove()) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
