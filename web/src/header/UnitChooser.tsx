import { useMatch, useNavigate } from '@tanstack/react-router';
import { useSearchChange } from '../app/links';
import { t } from '../shared/i18n';
import { judgedUnits, topUnit, unitLabel, useScope } from '../state/scope';

export function UnitChooser() {
  const { plan, unit } = useScope();
  const change = useSearchChange();
  const navigate = useNavigate();
  const isOnUnit = useMatch({ from: '/p/$plan/reading/units/$code', shouldThrow: false }) !== undefined;
  const top = topUnit(plan.units)?.code;
  return (
    <label className="chooser">
      <span className="chooser-label">{t('单位')}</span>
      <select
        className="field"
        data-testid="unit"
        value={unit.code}
        onChange={({ target: { value } }) => {
          const chosen = value === top ? undefined : value;
          if (!isOnUnit) return change({ unit: chosen });
          void navigate({
            to: '/p/$plan/units/$code',
            params: { plan: plan.plan, code: value },
            search: (before: object) => ({ ...before, unit: chosen }),
          });
        }}
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
