import { usePlan } from '../api/queries';
import { unitName } from '../state/scope';
import { t } from '../shared/i18n';

/** The name of a unit in a plan, with those below it; its code where the plan is not known. */
export function UnitName({ plan, unit }: { readonly plan: string | undefined; readonly unit: string }) {
  const { data } = usePlan(plan);
  return <>{t('{{unit}}及下属单位', { unit: unitName(data?.units ?? [], unit) })}</>;
}
