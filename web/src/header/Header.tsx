import { Button, Select } from 'antd';
import { useEffect } from 'react';
import type { PlanSummary } from '../api/types';
import { go, nothing } from '../state/page-state';
import { yearText } from '../state/periods';
import { judgedUnits, topUnit, unitLabel, useScope } from '../state/scope';
import { AsOfChooser } from './AsOfChooser';
import { PeriodChooser } from './PeriodChooser';
import { PersonMenu } from './PersonMenu';

export function Header({ plans }: { readonly plans: readonly PlanSummary[] }) {
  const { plan, period, unit, momentText } = useScope();
  const top = topUnit(plan.units)?.code;
  const title = `${plan.title} ${period} 截至${momentText} · 通鉴`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <>
      <header className="masthead">
        <a className="wordmark" href="/" aria-label="通鉴，回到首页">
          <img src="/favicon.svg" alt="" width="30" height="30" />
          通鉴
        </a>
        <div className="plan-title">
          {plans.length > 1 ? (
            <Select
              aria-label="规划"
              variant="borderless"
              popupMatchSelectWidth={false}
              value={plan.plan}
              options={plans.map(({ plan: value, title }) => ({ value, label: title }))}
              onChange={(value) => go({ ...nothing, plan: value })}
            />
          ) : (
            <h1>{plan.title}</h1>
          )}
          <span className="plan-scope">
            {plan.territory} · {yearText(plan.startYear, plan)}–{yearText(plan.endYear, plan)}
            {plan.fiscalYear && `（财政年度自每年 ${plan.fiscalYear.firstMonth} 月起）`} · 监测评估{' '}
            <span lang="en">M&amp;E</span>
          </span>
        </div>
        <label className="unit-chooser">
          <span>单位</span>
          <Select
            aria-label="单位"
            data-testid="unit"
            value={unit.code}
            options={judgedUnits(plan.units).map(({ code }) => ({ value: code, label: unitLabel(plan.units, code) }))}
            onChange={(code) => go({ unit: code === top ? undefined : code, of: undefined })}
          />
        </label>
        <Button className="print-button" onClick={() => print()}>
          打印
        </Button>
        <PersonMenu />
      </header>
      <div className="date-bar" role="group" aria-label="期间与截至日期">
        <PeriodChooser />
        <AsOfChooser />
      </div>
      <p className="printed-scope">
        {plan.title} · 期间 {period} · 截至 {momentText} · {unitLabel(plan.units, unit.code)}
      </p>
    </>
  );
}
