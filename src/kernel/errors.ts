/**
 * What a refusal is about, so that every surface (HTTP, command line, a spreadsheet's row) can treat it alike.
 * - `invalid`: the input itself is malformed or misses something.
 * - `not-found`: the thing named does not exist (or did not yet, as of the day asked for).
 * - `refused`: well formed, but a rule of the domain forbids it now.
 * - `conflict`: somebody else changed the same thing since the caller looked.
 * - `forbidden`: the actor has no right to it.
 * - `unavailable`: nothing is wrong with the request; the system cannot take it now.
 */
export type RefusalKind = 'invalid' | 'not-found' | 'refused' | 'conflict' | 'forbidden' | 'unavailable';

/** One mistake, named so that the person who made it can find and mend it. */
export interface Problem {
  /** Stable, dotted, kebab-case: `figure.already-reported`. Programs may depend on it. */
  readonly code: string;
  /** What is wrong and the way out, for the person (Chinese). */
  readonly message: string;
  /** The field of the input, where one is at fault. */
  readonly field?: string;
  /** File and 1-based row, for what came from a folder or spreadsheet. */
  readonly file?: string;
  readonly row?: number;
}

/** Something that a plan has, such as the unit 331102 or the project P01. `kind` is the name of its event stream or the like. */
export interface Thing {
  readonly kind: string;
  readonly id: string;
}

/** The one error that the domain raises on purpose. Anything else that is thrown is a defect or a fault. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly problems: readonly Problem[];
  /** What the refused input names and the plan does not have. */
  readonly missing?: Thing;

  constructor(
    readonly kind: RefusalKind,
    readonly code: string,
    message: string,
    details: { field?: string; problems?: readonly Problem[]; missing?: Thing } = {},
  ) {
    super(message);
    this.missing = details.missing;
    this.problems = details.problems ?? [{ code, message, field: details.field }];
  }

  /** The same with more at the end of its message. */
  endingIn(more: string): DomainError {
    const { kind, code, message, missing } = this;
    const longer = (text: string) => (text === message ? text + more : text);
    const problems = this.problems.map((problem) => ({ ...problem, message: longer(problem.message) }));
    return new DomainError(kind, code, longer(message), { problems, missing });
  }
}

export const invalid = (code: string, message: string, field?: string, missing?: Thing) =>
  new DomainError('invalid', code, message, { field, missing });
export const refused = (code: string, message: string, field?: string) =>
  new DomainError('refused', code, message, { field });
export const notFound = (code: string, message: string, field?: string, missing?: Thing) =>
  new DomainError('not-found', code, message, { field, missing });
