import type { JsonValue } from '../../../src/kernel/json.js';
import { toInstant } from '../../../src/kernel/time.js';
import type { Version, VersionedStore, ViewId, WrittenDocument } from '../../../src/kernel/versioned-store.js';

/** A moment, so many milliseconds into the plan's first year. */
export const at = (milliseconds: number): string => toInstant(Date.UTC(2021, 0, 1) + milliseconds);

export function version(
  key: string,
  position: number | string,
  known: number,
  body: JsonValue = { position },
): Version {
  return { key, position: String(position), knownAt: at(known), body };
}

/** Commits from wherever the view stands. */
export async function put(store: VersionedStore, view: ViewId, ...versions: Version[]): Promise<void> {
  const known = await store.views();
  const from = known.find(({ name, generation }) => name === view.name && generation === view.generation)!.checkpoint;
  await store.commit(view, versions, { from, to: versions.at(-1)!.position });
}

export const positions = (versions: readonly Version[]): string[] => versions.map(({ position }) => position);
/** What was passed on unread, read. */
export const unwrapped = (documents: readonly WrittenDocument[]): { key: string; body: JsonValue }[] =>
  documents.map(({ key, body }) => ({ key, body: body.toJSON() }));
export const keys = (versions: readonly Version[]): string[] => versions.map(({ key }) => key);
