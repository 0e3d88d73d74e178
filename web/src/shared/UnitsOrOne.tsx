import { Segmented } from 'antd';
import { useFilter } from '../app/links';
import { unitBelowTop, unitLabel, useScope } from '../state/scope';
import { t } from './i18n';

/** The code of the page's unit, if the list is of that one only. */
export function useOneUnit(): string | undefined {
  const { unit } = useScope();
  const [of] = useFilter<'unit'>('of');
  return of === 'unit' ? unit.code : undefined;
}

/** Chooses whether a list is of all units or of the page's unit; nothing at the top, which is all of them. */
export function UnitsOrOne() {
  const { plan, unit } = useScope();
  const [of, setOf] = useFilter<'unit'>('of');
  if (unitBelowTop(unit) === undefined) return null;
  return (
    <Segmented
      size="small"
      aria-label={t('范围')}
      value={of ?? 'all'}
      options={[
        { value: 'all', label: t('全部单位') },
        { value: 'unit', label: unitLabel(plan.units, unit.code) },
      ]}
      onChange={(value) => setOf(value === 'unit' ? 'unit' : undefined)}
    />
  );
}
