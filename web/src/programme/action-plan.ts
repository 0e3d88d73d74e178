import { useScope } from '../state/scope';
import { t } from '../shared/i18n';

/** Short and long label of an action plan; the long one includes the area that it implements. */
export function useActionPlanLabel() {
  const { plan } = useScope();
  return (code: string): { readonly short: string; readonly long: string } => {
    if (code === '') return { short: t('不属行动计划'), long: t('不属行动计划') };
    const name = plan.actionPlans.find((each) => each.code === code)?.name ?? code;
    const areas = plan.areas.filter(({ actionPlan }) => actionPlan === code).map((area) => area.name);
    return {
      short: name,
      long: areas.length > 0 ? t('{{name}}（{{areas}}）', { name, areas: areas.join(t('、')) }) : name,
    };
  };
}
