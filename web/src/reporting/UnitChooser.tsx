import { Select } from 'antd';
import { useFilter } from '../app/links';
import type { Unit } from '../api/types';
import { t } from '../shared/i18n';

/** Chooses among the units of which the page can be. */
export function UnitChooser({ unit, units }: { readonly unit: Unit; readonly units: readonly Unit[] }) {
  const [, setUnit] = useFilter('unit');
  if (units.length < 2) return <b>{unit.name}</b>;
  return (
    <Select
      className="unit-select"
      aria-label={t('填报单位')}
      showSearch
      optionFilterProp="label"
      popupMatchSelectWidth={false}
      value={unit.code}
      options={units.map(({ code, name }) => ({ value: code, label: t('{{name}}（{{code}}）', { name, code }) }))}
      onChange={setUnit}
    />
  );
}
