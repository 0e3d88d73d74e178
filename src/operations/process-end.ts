import { constants } from 'node:os';
import { inspect } from 'node:util';

/** What the exit code says of a process that an unexpected error ended. */
const defect = 70;

/** Milliseconds for stopping in order; then the process ends as it is. */
const patience = 9_500;

/**
 * How a server's process ends: in order, once, within ten seconds. What was acknowledged is on the disk in any case.
 * - The first SIGINT or SIGTERM stops the server, with code 0; a second one, or one before it runs, ends the process at once.
 * - An error that no code handles is logged and stops the server too, with code 70: its state can no longer be relied on.
 */
export class ProcessEnd {
  private server: { stop(): Promise<void> } | undefined;
  private begun = false;

  /** Whether the process is ending: work that fails now was cut off. */
  get hasBegun(): boolean {
    return this.begun;
  }

  constructor() {
    const signalled = (signal: 'SIGINT' | 'SIGTERM') => {
      // The code with which a shell reports a process that the signal ended.
      if (!this.server || this.begun) process.exit(128 + constants.signals[signal]);
      console.log('正在停止：答复已收到的请求（再按一次立即停止）');
      this.stop(0);
    };
    process.on('SIGINT', signalled).on('SIGTERM', signalled);
    const failed = (error: unknown) => {
      console.error(`未预料的错误，正在停止：${inspect(error)}`);
      this.stop(defect);
    };
    process.on('uncaughtException', failed).on('unhandledRejection', failed);
  }

  /** From now on there is a server to stop. */
  of(server: { stop(): Promise<void> }): void {
    this.server = server;
  }

  private stop(code: number): void {
    if (this.begun) return;
    this.begun = true;
    setTimeout(() => process.exit(code), patience).unref();
    const stopped = this.server?.stop() ?? Promise.resolve();
    stopped.catch((error: unknown) => console.error(`停止时出错：${inspect(error)}`)).finally(() => process.exit(code));
  }
}
