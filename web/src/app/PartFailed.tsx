import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { ProblemAlert } from '../shared/ProblemAlert';
import { failedPart } from '../shared/failed-part';

/** In place of a page whose code could not be fetched or that failed; it is fetched again on request. */
export function PartFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main className="page">
      <ProblemAlert error={failedPart(error as Error)} retry={retry} />
    </main>
  );
}
