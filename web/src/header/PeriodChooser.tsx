import { useSearchChange } from '../app/links';
import { t } from '../shared/i18n';
import { yearText } from '../state/periods';
import { periodMark, useScope } from '../state/scope';

/** Chooser of the plan's years. A shorter period given in the address is kept and shown. */
export function PeriodChooser() {
  const { plan, period } = useScope();
  const change = useSearchChange();
  const years = Array.from({ length: plan.endYear - plan.startYear + 1 }, (_, at) =>
    yearText(plan.startYear + at, plan),
  );
  const periods = years.includes(period) ? years : [...years, period].sort();
  return (
    <fieldset className="chooser periods">
      <legend className="chooser-label">{t('期间')}</legend>
      {periods.map((value) => {
        const mark = periodMark(plan, value);
        return (
          <label key={value} className="period-option">
            <input
              type="radio"
              name="period"
              value={value}
              checked={value === period}
              onChange={() => change({ period: value, trail: undefined })}
            />
            <span>
              {value}
              {mark && <em>{mark}</em>}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
