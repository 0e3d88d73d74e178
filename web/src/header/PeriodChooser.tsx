import { Segmented } from 'antd';
import { useSearchChange } from '../app/links';
import { t } from '../shared/i18n';
import { yearText } from '../state/periods';
import { periodMark, useScope } from '../state/scope';

/** Chooser of the plan's years. A shorter period given in the URL is kept and shown. */
export function PeriodChooser() {
  const { plan, period } = useScope();
  const change = useSearchChange();
  const years = Array.from({ length: plan.endYear - plan.startYear + 1 }, (_, at) =>
    yearText(plan.startYear + at, plan),
  );
  const periods = years.includes(period) ? years : [...years, period].sort();
  return (
    <div className="chooser">
      <span className="chooser-label" id="period-label">
        {t('期间')}
      </span>
      <Segmented
        aria-labelledby="period-label"
        name="period"
        value={period}
        options={periods.map((value) => {
          const mark = periodMark(plan, value);
          return {
            value,
            label: (
              <span className="period-option">
                {value}
                {mark && <em>{mark}</em>}
              </span>
            ),
          };
        })}
        onChange={(value) => change({ period: value, trail: undefined })}
      />
    </div>
  );
}
