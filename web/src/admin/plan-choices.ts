import type { IndicatorDocument, PlanDocument } from '../api/types';
import type { Choice, FormPlace } from '../shared/command/CommandFields';
import { frequencies, periodsOf } from '../state/periods';

const named = (things: readonly { readonly code: string; readonly name: string }[]): Choice[] =>
  things.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }));

/** What a form about a plan offers for choice: units and areas by name, and where they are known, indicators. */
export function planPlace(plan: PlanDocument, indicators: readonly IndicatorDocument[] = []): FormPlace {
  const periods = frequencies.flatMap((frequency) => periodsOf(plan, frequency));
  return {
    plan: plan.plan,
    units: plan.units,
    choices: {
      area: named(plan.areas),
      actionPlan: named(plan.actionPlans),
      ...(indicators.length > 0 && { indicator: named(indicators) }),
      period: periods.map((period) => ({ value: period, label: period })),
      fromPeriod: periods.map((period) => ({ value: period, label: period })),
    },
  };
}
