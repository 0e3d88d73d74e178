import type { Light } from '../api/types';

interface Props {
  readonly progress: string | undefined;
  readonly scheduled: string | undefined;
  readonly light: Light;
}

const within = (text: string) => Math.min(100, Math.max(0, Number(text)));

/** Progress P as a bar and schedule S as a tick. The numbers are shown next to it. */
export function ProgressBar({ progress, scheduled, light }: Props) {
  if (progress === undefined && scheduled === undefined) return null;
  return (
    <span className={`progress ${light}`} aria-hidden="true">
      {progress !== undefined && <i style={{ width: `${within(progress)}%` }} />}
      {scheduled !== undefined && <b style={{ left: `${within(scheduled)}%` }} />}
    </span>
  );
}
