import { Input } from 'antd';
import { useEffect, useRef, useState } from 'react';

interface Props {
  readonly label: string;
  readonly placeholder?: string;
  readonly className?: string;
  /** What is searched for, as the address says. */
  readonly value: string | undefined;
  readonly onSearch: (text: string | undefined) => void;
}

/** Milliseconds without a key after which it is searched. */
const pause = 250;

/**
 * A text that a list is searched for. What is typed stands in the field at once, and in the address after a pause: an
 * address changes too late for an input method to write into it.
 */
export function SearchField({ label, placeholder = label, className, value = '', onSearch }: Props) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Another text came from elsewhere, such as the way back.
  if (shown !== value) {
    setShown(value);
    setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (of: string) => {
    clearTimeout(timer.current);
    if (of !== value) onSearch(of || undefined);
  };
  return (
    <Input
      allowClear
      size="small"
      className={className}
      aria-label={label}
      placeholder={placeholder}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => search(target.value), pause);
      }}
      onPressEnter={() => search(text)}
    />
  );
}
