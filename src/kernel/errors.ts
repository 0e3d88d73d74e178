/**
 * The category of a refusal. HTTP, the command line and spreadsheet import map it to their own form of error.
 * - `invalid`: the input is malformed or incomplete.
 * - `not-found`: the requested thing does not exist, or did not exist at the requested `asOf`.
 * - `refused`: the input is well formed, but a domain rule forbids it now.
 * - `conflict`: the thing was changed after the caller read it.
 * - `out-of-turn`: the input is right, but somebody else has to act first.
 * - `forbidden`: the actor lacks the right.
 * - `unavailable`: the request is valid, but the system cannot process it now.
 */
export type RefusalKind =
  'invalid' | 'not-found' | 'refused' | 'conflict' | 'out-of-turn' | 'forbidden' | 'unavailable';

/** One mistake in the input, described so that the user can find and correct it. */
export interface Problem {
  /** Stable, dotted, kebab-case: `figure.already-reported`. Clients may depend on it. */
  readonly code: string;
  /** For the user, in Chinese: what is wrong and how to correct it. */
  readonly message: string;
  /** The input field that is wrong, if it is a single one. */
  readonly field?: string;
  /** File and 1-based row, if the input came from a folder or spreadsheet. */
  readonly file?: string;
  readonly row?: number;
  /** Of a warning: what it is accepted by. */
  readonly id?: string;
  /** Of a warning: both sides of the contradiction. The first is also in `file`, `row` and `field`. */
  readonly places?: readonly ProblemPlace[];
}

export interface ProblemPlace {
  readonly file?: string;
  readonly row?: number;
  readonly field?: string;
  /** What the plan had before. */
  readonly standing?: string;
}

/** Something that a plan has, such as the unit 331102 or the project P01. `kind` is the name of its event stream or the like. */
export interface Thing {
  readonly kind: string;
  readonly id: string;
}

/** The only error that domain code throws on purpose. Any other error is a defect or an infrastructure failure. */
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
