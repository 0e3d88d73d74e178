import { useList, type ListQuestion } from '../api/programme-calls';
import { unitBelowTop, useScope } from '../state/scope';

/** The policies or tasks of the unit; those of the whole plan where the unit has none. */
export function useOwnOrWhole<Name extends 'policies' | 'tasks'>(name: Name, question: ListQuestion<Name>) {
  const { plan, unit, period, moment } = useScope();
  const seen = { plan: plan.plan, period, moment };
  const asked = unitBelowTop(unit);
  const own = useList(name, seen, { ...question, unit: asked });
  const isWhole = asked !== undefined && own.data?.pages[0]?.all === 0;
  const whole = useList(name, seen, { ...question, unit: isWhole ? undefined : asked });
  return { list: isWhole ? whole : own, isWhole };
}
