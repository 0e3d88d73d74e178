import type { FormInstance } from 'antd';
import { ProblemError } from '../api/client';

/**
 * Puts the problems of a refused form at the fields that they name, and the focus there. Returns the error if it names no
 * field of the form, to be shown beside it.
 */
export function atFields(form: FormInstance, error: Error): Error | undefined {
  const fields = new Map<string, string[]>();
  for (const { field, message } of error instanceof ProblemError ? (error.problem.problems ?? []) : []) {
    if (field === undefined || form.getFieldInstance(field) === undefined) return error;
    fields.set(field, [...(fields.get(field) ?? []), message]);
  }
  const [first] = fields.keys();
  if (first === undefined) return error;
  form.setFields([...fields].map(([name, errors]) => ({ name, errors })));
  focusOn(form, first);
  return undefined;
}

/** With what is in the field selected, to be typed over. */
export function focusOn(form: FormInstance, field: string): void {
  const input = form.getFieldInstance(field) as { focus?: (options: { cursor: 'all' }) => void } | undefined;
  input?.focus?.({ cursor: 'all' });
}
