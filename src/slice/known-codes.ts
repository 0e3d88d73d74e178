import { codeMeant, orMeant } from '../kernel/did-you-mean.js';
import { DomainError, type Thing } from '../kernel/errors.js';
import type { Projection } from '../kernel/projection.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';

/** The codes under which a projection keeps the documents of a plan, at keys `plan/code`. */
export async function codesOf(views: Views, projection: Projection, plan: string, asOf?: AsOf): Promise<string[]> {
  const prefix = `${plan}/`;
  return (await views.list(projection, prefix, { asOf })).map(({ key }) => key.slice(prefix.length));
}

/** The code that may be meant by one that the plan does not have, for the end of a message. */
export const orCodeMeant = async (code: string, known: Promise<Iterable<string>>): Promise<string> =>
  orMeant(codeMeant(code, await known));

/** What was refused because something is missing, with what may be meant. Where the codes cannot be read, it stays as it is. */
export async function withCodeMeant(
  error: unknown,
  known: (missing: Thing) => Promise<Iterable<string>>,
): Promise<unknown> {
  if (!(error instanceof DomainError) || !error.missing) return error;
  const { id } = error.missing;
  const end = await orCodeMeant(id, known(error.missing)).catch(() => '');
  return end === '' ? error : error.endingIn(end);
}
