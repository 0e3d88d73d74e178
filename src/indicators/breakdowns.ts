import { invalid } from '../kernel/errors.js';
import type { Breakdown, Measuring } from './indicator.events.js';

/**
 * The breakdowns that a definition may have.
 * @throws {DomainError} `indicator.breakdown-formula`, `indicator.breakdown-twice`
 */
export function assertBreakdowns(breakdowns: readonly Breakdown[] | undefined, type: Measuring['type']): void {
  if (!breakdowns) return;
  const field = 'definition.breakdowns';
  if (type === 'formula') {
    const message = '由公式计算的指标不用填报，没有分组：请删去 breakdowns，在公式所引用的指标上分组';
    throw invalid('indicator.breakdown-formula', message, field);
  }
  assertUnlike(breakdowns, field, '分组');
  for (const [at, { name, parts }] of breakdowns.entries()) assertUnlike(parts, `${field}.${at}.parts`, `${name}的组`);
}

/** Neither two codes nor two names are the same: a part is told by either. */
function assertUnlike(items: readonly { code: string; name: string }[], field: string, what: string): void {
  for (const [at, item] of items.entries()) {
    for (const key of ['code', 'name'] as const) {
      if (items.findIndex((other) => other[key] === item[key]) === at) continue;
      const message = `${what}${key === 'code' ? '代码' : '名称'} ${item[key]} 重复：每个只写一次`;
      throw invalid('indicator.breakdown-twice', message, `${field}.${at}.${key}`);
    }
  }
}
