import { DomainError, type Problem } from '../kernel/errors.js';
import { excerpt } from '../kernel/text.js';
import type { Locate, Spot } from '../slice/folder-part.js';
import type { Oddity } from '../slice/plausibility.js';
import { Unmade } from './unmade.js';

/** Collects every mistake of a folder instead of stopping at the first. */
export class Mistakes {
  private readonly found: Map<string, Problem>;
  /** What is no mistake in itself, but most likely one. */
  readonly oddities: Oddity[] = [];
  /** What the mistakes keep from being made. */
  readonly unmade: Unmade;
  /** How much was not checked, because it rests on that. */
  unchecked: number;

  constructor(from?: Mistakes) {
    this.found = new Map(from?.found);
    this.unmade = new Unmade(from?.unmade);
    this.unchecked = from?.unchecked ?? 0;
  }

  get problems(): readonly Problem[] {
    return [...this.found.values()];
  }

  /** The message quotes what stands there, where the spot says what. */
  add({ file, row, cell, reported, ...spot }: Spot, code: string, message: string, field = spot.field): void {
    if (!reported) this.keep({ code, message: quoting(message, cell), field, file, row });
  }

  /** Runs `work`; what it refuses is noted where its field stands. */
  note<T>(locate: Locate, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.addError(locate, error);
      return undefined;
    }
  }

  /** Notes what was refused. What only follows from a mistake that is reported already counts as not checked. */
  addError(locate: Locate, error: unknown): void {
    if (!(error instanceof DomainError)) throw error;
    const spots = error.problems.map((problem) => ({ problem, spot: locate(problem.field, problem.code) }));
    const own = spots.filter(({ spot }) => !spot.reported);
    if (own.length === 0) this.unchecked++;
    for (const { problem, spot } of own) {
      const { file, row, field = problem.field, cell } = spot;
      this.keep({ ...problem, message: quoting(problem.message, cell), field, file, row });
    }
  }

  /** What several commands say of one place, such as the source of the whole folder, is one mistake. */
  private keep(problem: Problem): void {
    const { code, file, row, field, message } = problem;
    this.found.set(JSON.stringify([code, file, row, field, message]), problem);
  }
}

/** A message with what stands in the cell, unless it says so itself. */
function quoting(message: string, cell: string | undefined): string {
  if (cell === undefined) return message;
  if (cell === '') return `${message}（此处为空）`;
  const quoted = `「${excerpt(cell)}」`;
  return message.includes(quoted) ? message : `${message}（此处为${quoted}）`;
}
