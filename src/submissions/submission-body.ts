import { DomainError, invalid } from '../kernel/errors.js';
import { excerpt, harmless } from '../kernel/text.js';

/** Warnings are accepted one by one: what was not seen cannot be accepted. */
export function acceptedIn(body: unknown): readonly string[] {
  const accepted = (body as { acceptWarnings?: unknown } | undefined)?.acceptWarnings ?? [];
  if (Array.isArray(accepted) && accepted.every((each) => typeof each === 'string')) return accepted;
  throw invalid(
    'submission.accept-warnings',
    'acceptWarnings 须为列表，逐项写明接受的警告的编号（id）或代码（code），不能只写 true',
    'acceptWarnings',
  );
}

export function isDryRun(body: unknown): boolean {
  const { dryRun = false } = body as { dryRun?: unknown };
  if (typeof dryRun === 'boolean') return dryRun;
  throw invalid('submission.dry-run', 'dryRun 须为 true 或 false', 'dryRun');
}

/** A misspelt field is no field: without its `dryRun` the folder would be loaded. */
export function assertNoOther(body: object, fields: readonly string[]): void {
  const problems = Object.keys(body)
    .filter((field) => !fields.includes(field))
    .map((field) => ({
      code: 'input.unknown-field',
      field: harmless(field),
      message: `没有名为 ${excerpt(field, 80)} 的字段：可用 ${fields.join('、')}`,
    }));
  if (problems.length === 0) return;
  throw new DomainError('invalid', 'input.invalid', problems.map(({ message }) => message).join('；'), { problems });
}
