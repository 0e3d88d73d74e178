import { useEffect, useState } from 'react';

/** Milliseconds without a change after which a person rests. */
const rest = 400;

/** The value, once it was the same for a while: what is slow to answer is not asked for in passing. */
export function useRested<T>(value: T): T | undefined {
  const [rested, settle] = useState<T>();
  useEffect(() => {
    const timer = setTimeout(() => settle(value), rest);
    return () => clearTimeout(timer);
  }, [value]);
  return rested === value ? value : undefined;
}
