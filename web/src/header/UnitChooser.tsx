import { useSearchChange } from '../app/links';
import { t } from '../shared/i18n';
import { judgedUnits, topUnit, unitLabel, useScope } from '../state/scope';

export function UnitChooser() {
  const { plan, unit } = useScope();
  const change = useSearchChange();
  const top = topUnit(plan.units)?.code;
  return (
    <label className="chooser">
      <span className="chooser-label">{t('单位')}</span>
      <select
        className="field"
        data-testid="unit"
        value={unit.code}
        onChange={({ target: { value } }) => change({ unit: value === top ? undefined : value })}
      >
        {judgedUnits(plan.units).map(({ code }) => (
          <option key={code} value={code}>
            {unitLabel(plan.units, code)}
          </option>
        ))}
      </select>
    </label>
  );
}
