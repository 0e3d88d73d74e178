import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/** What is to fail: calls of a kind, on files whose path contains a text. */
export interface Failure {
  readonly call: keyof typeof calls;
  readonly path: string;
  readonly error: 'EIO' | 'ENOSPC' | 'EMFILE' | 'EROFS';
  /** The first that fails, from 1 (the default). */
  readonly at?: number;
  /** How many fail from there on; all of them if it is not given. */
  readonly times?: number | undefined;
}

const calls = { write: 1, sync: 2, open: 4, read: 8 };
/** Of `struct orders` in failing-disk.c. */
const [size, seenAt] = [256, 16];

/** A disk that fails when it is told to, for programs that are started with its environment: see failing-disk.c. */
export class FailingDisk {
  readonly env: Readonly<Record<string, string>>;
  private readonly orders: number;

  /** Needs a C compiler, as better-sqlite3 does where there is no ready-made build of it. */
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

  /** From now on, and instead of what failed before. */
  fail({ call, path, error, at = 1, times = -1 }: Failure): void {
    this.heal();
    const order = Buffer.alloc(size);
    order.writeInt32LE(constants.errno[error], 4);
    order.writeInt32LE(at - 1, 8);
    order.writeInt32LE(times, 12);
    order.write(path, 24);
    writeSync(this.orders, order, 4, size - 4, 4);
    // Last, so that nobody acts on half an order.
    order.writeInt32LE(calls[call], 0);
    writeSync(this.orders, order, 0, 4, 0);
  }

  heal(): void {
    writeSync(this.orders, Buffer.alloc(4), 0, 4, 0);
  }

  /** Calls of the kind since `fail`, and how many of them failed. */
  get count(): { seen: number; failed: number } {
    const read = Buffer.alloc(8);
    readSync(this.orders, read, 0, 8, seenAt);
    return { seen: read.readInt32LE(0), failed: read.readInt32LE(4) };
  }

  close(): void {
    closeSync(this.orders);
  }
}
