import type { JsonValue } from '../../../src/kernel/json.js';
import { toInstant } from '../../../src/kernel/time.js';
import type { Version, VersionedStore, ViewId, WrittenDocument } from '../../../src/kernel/versioned-store.js';

/** The moment `milliseconds` after the start of 2021 (UTC). */
export const at = (milliseconds: number): string => toInstant(Date.UTC(2021, 0, 1) + milliseconds);

export function version(
  key: string,
  position: number | string,
  known: number,
  body: JsonValue = { position },
): Version {
  return { key, position: String(position), knownAt: at(known), body };
}

/** Commits versions from the view's actual checkpoint. */
export async function put(store: VersionedStore, view: ViewId, ...versions: Version[]): Promise<void> {
  const known = await store.views();
  const from = known.find(({ name, generation }) => name === view.name && generation === view.generation)!.checkpoint;
  await store.commit(view, versions, { from, to: versions.at(-1)!.position });
}

export const positions = (versions: readonly Version[]): string[] => versions.map(({ position }) => position);
/** Documents with parsed bodies. */
export const unwrapped = (documents: readonly WrittenDocument[]): { key: string; body: JsonValue }[] =>
  documents.map(({ key, body }) => ({ key, body: body.toJSON() }));
export const keys = (versions: readonly Version[]): string[] => versions.map(({ key }) => key);
