import { useEffect } from 'react';
import { t } from './i18n';

/** The name of the page in the browser, from the particular to the general. */
export function useTitle(...parts: readonly string[]): void {
  const title = [...parts, t('通鉴')].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
