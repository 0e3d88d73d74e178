import { isDeepStrictEqual } from 'node:util';
import { invalid } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import type { SetDeadlines } from './plan.commands.js';
import { DeadlinesSet, type PlanEvent } from './plan.events.js';
import type { PlanState } from './plan.state.js';

/** @throws {DomainError} `deadlines.empty` */
export function setDeadlines({ days, programme }: SetDeadlines, { deadlines }: PlanState): PlanEvent[] {
  const event = DeadlinesSet.of(plain({ days: { ...days }, programme }));
  if (Object.keys(event.data.days).length === 0) {
    throw invalid('deadlines.empty', '请至少写明一个频次的期限，如 { A: 45 }（年报为期末后 45 天）', 'days');
  }
  return isDeepStrictEqual(deadlines, event.data) ? [] : [event];
}
