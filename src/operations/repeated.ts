/** Milliseconds between two runs. */
const every = 60_000;

/** Work that a process does again and again, beside what it is asked for. */
export abstract class Repeated {
  private timer: NodeJS.Timeout | undefined;
  private underway: Promise<void> = Promise.resolve();
  protected readonly stopping = new AbortController();

  /** One run. */
  abstract run(): Promise<void>;

  /** Runs again and again until `stop`. A run that fails is told to `onFailure`; the next one tries again. */
  start(onFailure: (error: unknown) => void, pause = every): void {
    const next = () => {
      this.underway = this.run()
        .catch((error: unknown) => {
          if (!this.isStopped) onFailure(error);
        })
        .then(() => {
          if (!this.isStopped) this.timer = setTimeout(next, pause).unref();
        });
    };
    this.timer = setTimeout(next, pause).unref();
  }

  /** Resolves when the run at hand has ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    await this.underway;
  }

  protected get isStopped(): boolean {
    return this.stopping.signal.aborted;
  }
}
