/**
 * The category of a refusal. HTTP, the command line and spreadsheet import map it to their own form of error.
 * - `invalid`: the input is malformed or incomplete.
 * - `not-found`: the requested thing does not exist, or did not exist at the requested `asOf`.
 * - `refused`: the input is well formed, but a domain rule forbids it now.
 * - `conflict`: the thing was changed after the caller read it.
 * - `forbidden`: the actor lacks the right.
 * - `unavailable`: the request is valid, but the system cannot process it now.
 */
export type RefusalKind = 'invalid' | 'not-found' | 'refused' | 'conflict' | 'forbidden' | 'unavailable';

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
}

/** The only error that domain code throws on purpose. Any other error is a defect or an infrastructure failure. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly problems: readonly Problem[];

  constructor(
    readonly kind: RefusalKind,
    readonly code: string,
    message: string,
    details: { field?: string; problems?: readonly Problem[] } = {},
  ) {
    super(message);
    this.problems = details.problems ?? [{ code, message, field: details.field }];
  }
}

export const invalid = (code: string, message: string, field?: string) =>
  new DomainError('invalid', code, message, { field });
export const refused = (code: string, message: string, field?: string) =>
  new DomainError('refused', code, message, { field });
export const notFound = (code: string, message: string) => new DomainError('not-found', code, message);
