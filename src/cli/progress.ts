import { SingleBar } from 'cli-progress';

/** A progress bar, restarted for each step; it prints nothing with `--json`. */
export function progress(json: boolean) {
  const bar = new SingleBar({ format: '{step} [{bar}] {value}/{total}', hideCursor: true, barsize: 30 });
  let current: string | undefined;
  return {
    show(step: string, done: number, total: number) {
      if (json) return;
      if (current !== step) {
        if (current !== undefined) bar.stop();
        bar.start(total, done, { step });
        current = step;
      }
      bar.setTotal(total);
      bar.update(done);
    },
    stop() {
      if (current !== undefined) bar.stop();
    },
  };
}
