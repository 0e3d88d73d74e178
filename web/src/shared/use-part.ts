import { useState, type ComponentType } from 'react';
import { failedPart } from './failed-part';
import { say } from './say';

/**
 * A part of the page that is fetched when it is asked for. If it cannot be fetched, that is said, and the page stays as
 * it is.
 */
export function usePart<Props>(fetch: () => Promise<ComponentType<Props>>) {
  const [Part, setPart] = useState<ComponentType<Props>>();
  const load = (then: () => void) =>
    void fetch().then(
      (part) => {
        setPart(() => part);
        then();
      },
      (error: Error) => say.error(failedPart(error).message),
    );
  return [Part, load] as const;
}
