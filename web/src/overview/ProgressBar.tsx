import type { Light } from '../api/types';

interface Props {
  readonly progress: string | undefined;
  readonly scheduled: string | undefined;
  readonly light: Light;
}

const within = (text: string) => Math.min(100, Math.max(0, Number(text)));

/** P as a bar, S as a tick on it. The numbers stand beside it. */
export function ProgressBar({ progress, scheduled, light }: Props) {
  if (progress === undefined && scheduled === undefined) return null;
  return (
    <span className={`progress ${light}`} aria-hidden="true">
      {progress !== undefined && <i style={{ width: `${within(progress)}%` }} />}
      {scheduled !== undefined && <b style={{ left: `${within(scheduled)}%` }} />}
    </span>
  );
}
