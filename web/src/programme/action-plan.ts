import { useScope } from '../state/scope';
import { t } from '../shared/i18n';

/**
 * Short and long label of an action plan; the long one includes the area that it implements. Things of none have no
 * code, in sums the empty one, and in filters `none`.
 */
export function useActionPlanLabel() {
  const { plan } = useScope();
  return (code = ''): { readonly short: string; readonly long: string } => {
    if (code === '' || code === 'none') return { short: t('不属行动计划'), long: t('不属行动计划') };
    const name = plan.actionPlans.find((each) => each.code === code)?.name ?? code;
    const areas = plan.areas.filter(({ actionPlan }) => actionPlan === code).map((area) => area.name);
    return {
      short: name,
      long: areas.length > 0 ? t('{{name}}（{{areas}}）', { name, areas: areas.join(t('、')) }) : name,
    };
  };
}
