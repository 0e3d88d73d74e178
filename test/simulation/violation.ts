/** Engine and model differ. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

export function assertThat(holds: boolean, otherwise: () => string): asserts holds {
  if (!holds) throw new Violation(otherwise());
}

/** A value as JSON, truncated to 600 characters. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
