import { DomainError, invalid } from '../kernel/errors.js';
import { reasonIn } from '../reporting/report-body.js';
import { acceptedIn, assertNoOther, isDryRun } from '../submissions/submission-body.js';
import type { FormerFinal } from './base-takeover.js';

/** What the body of a takeover asks for. */
export interface TakeoverBody {
  readonly former: FormerFinal;
  readonly reason?: string;
  readonly accepted: readonly string[];
  readonly dryRun: boolean;
}

/** @throws {DomainError} `base.body`, `report.body`, `input.invalid`, `input.not-an-object`, those of acceptance */
export function readTakeoverBody(body: unknown): TakeoverBody {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new DomainError('invalid', 'input.not-an-object', '请求内容须为 JSON 对象');
  }
  assertNoOther(body, ['formerPlan', 'evaluation', 'reason', 'acceptWarnings', 'dryRun']);
  const { formerPlan, evaluation, reason } = body as Record<string, unknown>;
  const said = reasonIn(reason);
  return {
    former: { formerPlan: codeIn(formerPlan, 'formerPlan'), evaluation: codeIn(evaluation, 'evaluation') },
    ...(said !== undefined && { reason: said }),
    ...{ accepted: acceptedIn(body), dryRun: isDryRun(body) },
  };
}

function codeIn(value: unknown, field: string): string {
  if (typeof value === 'string' && /^[a-z0-9-]{1,60}$/i.test(value)) return value;
  throw invalid('base.body', `${field} 须为代码：字母、数字、连字符，至多 60 个`, field);
}
