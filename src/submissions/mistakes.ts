import { DomainError, type Problem } from '../kernel/errors.js';
import type { Place } from '../slice/folder-part.js';

/** Collects every mistake of a folder instead of stopping at the first. */
export class Mistakes {
  readonly problems: Problem[] = [];

  add(place: Place, code: string, message: string, field?: string): void {
    this.problems.push({ code, message, field, ...place });
  }

  /** Runs `work`; what it refuses is noted at the place. */
  note<T>(place: Place | ((field: string | undefined) => Place), work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.addError(place, error);
      return undefined;
    }
  }

  addError(place: Place | ((field: string | undefined) => Place), error: unknown): void {
    if (!(error instanceof DomainError)) throw error;
    for (const problem of error.problems) {
      this.problems.push({ ...problem, ...(typeof place === 'function' ? place(problem.field) : place) });
    }
  }
}
