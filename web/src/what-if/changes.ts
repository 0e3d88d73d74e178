import type { SupposedChange } from '../api/types';

/** A change as the form and the address have it. */
export type Change = Pick<SupposedChange, 'kind'> & Partial<Omit<SupposedChange, 'kind'>>;
export type Kind = Change['kind'];

/**
 * The changes as text of the address, so that a link shows what it showed:
 * `value:02/331102/2022=57;weight:02=3;threshold:status.ahead=6;rules:0`.
 */
export const writtenChanges = (changes: readonly Change[]): string | undefined =>
  changes.length === 0 ? undefined : changes.map(writtenChange).join(';');

function writtenChange({
  kind,
  code,
  unit,
  period,
  value,
  numerator,
  denominator,
  threshold,
  version,
}: Change): string {
  const about = threshold ?? [code, unit, period].filter((part) => part !== undefined).join('/');
  const to = value ?? (numerator === undefined ? version : `${numerator}/${denominator ?? ''}`);
  return [
    `${kind}:${about}`,
    ...(to === undefined ? [] : [encodeURIComponent(String(to)).replaceAll('%2F', '/')]),
  ].join('=');
}

const kinds: readonly Kind[] = ['withdraw', 'value', 'target', 'target-version', 'weight', 'threshold', 'rules'];

/** The changes of an address; undefined where it is not one that `writtenChanges` writes. */
export function readChanges(text = ''): Change[] | undefined {
  const changes = text === '' ? [] : text.split(';').map(readChange);
  return changes.every((change) => change !== undefined) ? changes : undefined;
}

function readChange(text: string): Change | undefined {
  const [, name, about = '', to] = /^([a-z-]+):([^=]*)(?:=(.+))?$/.exec(text) ?? [];
  const kind = kinds.find((each) => each === name);
  const value = to === undefined ? undefined : decoded(to);
  if (kind === undefined || (to !== undefined && value === undefined)) return undefined;
  if (kind === 'rules') return { kind, version: Number(value) };
  if (kind === 'threshold') return { kind, threshold: about as Change['threshold'], value };
  const [code, unit, period] = about.split('/');
  const subject = { kind, code, ...(kind !== 'weight' && { unit, period }) };
  if (kind === 'withdraw') return subject;
  if (kind === 'target-version') return { ...subject, version: Number(value) };
  return { ...subject, ...valueOf(kind, value ?? '') };
}

/** A value as it is entered: `57`, or `2140/3891` of a ratio. */
export function valueOf(kind: Kind, text: string): Pick<Change, 'value' | 'numerator' | 'denominator'> {
  const [numerator, denominator] = text.split(/[/÷]/).map((part) => part.trim());
  return kind === 'value' && denominator !== undefined ? { numerator, denominator } : { value: text.trim() };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
