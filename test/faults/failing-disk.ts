import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Which calls fail: calls of one kind, on files whose path contains `path`. */
export interface Failure {
  readonly call: keyof typeof calls;
  readonly path: string;
  readonly error: 'EIO' | 'ENOSPC' | 'EMFILE' | 'EROFS';
  /** 1-based number of the first call that fails; by default 1. */
  readonly at?: number;
  /** Number of calls that fail from there on; by default all. */
  readonly times?: number | undefined;
}

const calls = { write: 1, sync: 2, open: 4, read: 8 };
/** Size of `struct orders` in failing-disk.c, and offset of its field `seen`. */
const [size, seenAt] = [256, 16];

/** Simulates a failing disk for programs that are started with its environment `env`; see failing-disk.c. */
export class FailingDisk {
  readonly env: Readonly<Record<string, string>>;
  private readonly orders: number;

  /** Compiles failing-disk.c into the folder. */
  constructor(folder: string) {
    const [library, orders] = [`${folder}/failing-disk.so`, `${folder}/failing-disk.orders`];
    const source = fileURLToPath(new URL('failing-disk.c', import.meta.url));
    try {
      execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'], { stdio: 'pipe' });
    } catch (cause) {
      throw new Error('this test needs Linux and a C compiler (on Debian: apt-get install gcc libc6-dev)', { cause });
    }
    writeFileSync(orders, Buffer.alloc(size));
    this.orders = openSync(orders, 'r+');
    this.env = { LD_PRELOAD: library, FAILING_DISK: orders };
  }

  /** Replaces the current failure. */
  fail({ call, path, error, at = 1, times = -1 }: Failure): void {
    this.heal();
    const order = Buffer.alloc(size);
    order.writeInt32LE(constants.errno[error], 4);
    order.writeInt32LE(at - 1, 8);
    order.writeInt32LE(times, 12);
    order.write(path, 24);
    writeSync(this.orders, order, 4, size - 4, 4);
    // `calls` is written last, because it activates the order.
    order.writeInt32LE(calls[call], 0);
    writeSync(this.orders, order, 0, 4, 0);
  }

  /** Stops all failures. */
  heal(): void {
    writeSync(this.orders, Buffer.alloc(4), 0, 4, 0);
  }

  /** Number of matching calls since `fail`, and how many of them failed. */
  get count(): { seen: number; failed: number } {
    const read = Buffer.alloc(8);
    readSync(this.orders, read, 0, 8, seenAt);
    return { seen: read.readInt32LE(0), failed: read.readInt32LE(4) };
  }

  close(): void {
    closeSync(this.orders);
  }
}
