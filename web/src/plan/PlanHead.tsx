import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { noFrame } from '../app/search';
import { usePlans } from '../api/queries';
import { t } from '../shared/i18n';
import { translated } from '../shared/translated';
import { yearText } from '../state/periods';
import { SearchBox } from '../search/SearchBox';
import { usePlanHere } from '../state/scope';

/** The plan's name in the masthead, and the way to another plan. */
export function PlanHead() {
  const plan = usePlanHere();
  const plans = usePlans().data ?? [];
  const navigate = useNavigate();
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => setPlace(document.getElementById('masthead-place')), []);
  if (!place) return null;
  return createPortal(
    <>
      <div className="plan-title">
        {plans.length > 1 ? (
          <select
            className="field plan-select"
            aria-label={t('规划')}
            value={plan.plan}
            onChange={({ target: { value } }) =>
              void navigate({ to: '/p/$plan', params: { plan: value }, search: noFrame })
            }
          >
            {plans.map(({ plan: value, title }) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        ) : (
          <span className="plan-name">{translated(plan) ?? plan.title}</span>
        )}
        <span className="plan-scope">
          {plan.territory} · {yearText(plan.startYear, plan)}–{yearText(plan.endYear, plan)}
          {plan.fiscalYear && t('（财政年度自每年 {{month}} 月起）', { month: plan.fiscalYear.firstMonth })}
        </span>
      </div>
      <SearchBox />
    </>,
    place,
  );
}
