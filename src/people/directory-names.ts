import type { Directory } from '../credentials/directory.js';
import type { Names } from '../http/names.js';

const heldFor = 1_000;

/** The names of the directory, read at most once a second. */
export class DirectoryNames implements Names {
  private names: ReadonlyMap<string, string> = new Map();
  private readAt = Number.NEGATIVE_INFINITY;

  /** Nobody has a name without a directory. */
  constructor(private readonly directory: Directory | undefined) {}

  async refresh(): Promise<void> {
    const now = performance.now();
    if (!this.directory || now - this.readAt < heldFor) return;
    this.names = await this.directory.names();
    this.readAt = now;
  }

  forget(): void {
    this.readAt = Number.NEGATIVE_INFINITY;
  }

  of(person: string): string | undefined {
    return this.names.get(person);
  }
}
