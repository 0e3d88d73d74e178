import type { FormInstance } from 'antd';
import { ProblemError } from '../api/client';

/**
 * Puts the problems of a refused form at the fields that they name, and the focus there. Returns the error if it names no
 * field of the form, to be shown beside it.
 */
export function atFields(form: FormInstance, error: Error): Error | undefined {
  const fields = new Map<string, string[]>();
  for (const { field, message } of error instanceof ProblemError ? (error.problem.problems ?? []) : []) {
    if (field === undefined || form.getFieldInstance(placeOf(field)) === undefined) return error;
    fields.set(field, [...(fields.get(field) ?? []), message]);
  }
  const [first] = fields.keys();
  if (first === undefined) return error;
  form.setFields([...fields].map(([field, errors]) => ({ name: placeOf(field), errors })));
  focusOn(form, placeOf(first));
  return undefined;
}

/** `rules.0.minimum` as a path in the form. */
const placeOf = (field: string) => field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** With what is in the field selected, to be typed over. */
export function focusOn(form: FormInstance, field: string | (string | number)[]): void {
  const input = form.getFieldInstance(field) as { focus?: (options: { cursor: 'all' }) => void } | undefined;
  input?.focus?.({ cursor: 'all' });
}
