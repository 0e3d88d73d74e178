import { Segmented } from 'antd';
import { go } from '../state/page-state';
import { yearText } from '../state/periods';
import { periodMark, useScope } from '../state/scope';

/** Chooser of the plan's years. A shorter period given in the URL is kept and shown. */
export function PeriodChooser() {
  const { plan, period } = useScope();
  const years = Array.from({ length: plan.endYear - plan.startYear + 1 }, (_, at) =>
    yearText(plan.startYear + at, plan),
  );
  const periods = years.includes(period) ? years : [...years, period].sort();
  return (
    <div className="chooser">
      <span className="chooser-label" id="period-label">
        期间
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
        onChange={(value) => go({ period: value, trail: undefined })}
      />
    </div>
  );
}
