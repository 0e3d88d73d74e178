/** Who acts from this page; asked once, kept in the browser. */
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
    // Without storage the name is asked again next time.
  }
}

/** An id out of a name, where the person has no number: letters and digits only, as the server wants it. */
export const idFromName = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 60);

export function actorHeader({ id, name, unit }: Actor): string {
  return `id=${encodeURIComponent(id)}; name=${encodeURIComponent(name)}; unit=${unit}; roles=evaluator`;
}

function isActor(value: unknown): value is Actor {
  if (typeof value !== 'object' || value === null) return false;
  return ['id', 'name', 'unit'].every((field) => typeof (value as Record<string, unknown>)[field] === 'string');
}
