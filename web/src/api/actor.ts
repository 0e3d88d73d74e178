/** The person who acts on this page; asked once and kept in local storage. */
export interface Actor {
  readonly name: string;
  readonly id: string;
  readonly unit: string;
}

const key = 'tongjian.actor';

export function readActor(): Actor | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return isActor(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function keepActor(actor: Actor): void {
  try {
    localStorage.setItem(key, JSON.stringify(actor));
  } catch {
    // Without local storage, the person is asked again after a reload.
  }
}

/** Derives an id from a name for a person without staff number: letters and digits only, as the server requires. */
export const idFromName = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 60);

export function actorHeader({ id, name, unit }: Actor): string {
  return `id=${encodeURIComponent(id)}; name=${encodeURIComponent(name)}; unit=${unit}; roles=evaluator`;
}

function isActor(value: unknown): value is Actor {
  if (typeof value !== 'object' || value === null) return false;
  return ['id', 'name', 'unit'].every((field) => typeof (value as Record<string, unknown>)[field] === 'string');
}
