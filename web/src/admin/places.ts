import { useGrantScopes } from '../api/people-calls';
import type { GrantScope } from '../api/types';
import type { FormPlace } from '../shared/command/CommandFields';
import { t } from '../shared/i18n';

/** What of plans and units is known to those who administer people. */
export interface Scopes {
  readonly plans: readonly GrantScope[];
  readonly units: readonly { readonly code: string; readonly name: string }[];
  readonly planTitle: (plan: string | undefined) => string;
  readonly unitName: (unit: string | undefined) => string;
}

export function useScopes(): Scopes {
  const plans = useGrantScopes().data ?? [];
  // A unit of several plans is offered once.
  const units = [
    ...new Map(
      plans
        .flatMap((plan) => plan.units)
        .filter(({ level, until }) => level !== 'reference' && until === undefined)
        .map((unit) => [unit.code, unit]),
    ).values(),
  ];
  const names = new Map(plans.flatMap((plan) => plan.units).map(({ code, name }) => [code, name]));
  return {
    plans,
    units,
    planTitle: (plan) =>
      plan === undefined ? t('全部规划') : (plans.find((each) => each.plan === plan)?.title ?? plan),
    unitName: (unit) => (unit === undefined ? '' : (names.get(unit) ?? unit)),
  };
}

/** Where a form about a person stands: in no plan. */
export const peoplePlace = ({ units, plans }: Scopes, choices: FormPlace['choices'] = {}): FormPlace => ({
  plan: '',
  units,
  choices: { plan: plans.map(({ plan, title }) => ({ value: plan, label: title })), ...choices },
});
