import { IndicatorLink, ThingLink } from '../app/links';
import type { PromiseNow } from '../api/types';
import { figure } from '../format';
import { DemoTag } from '../shared/DemoTag';

const comparators: Readonly<Record<NonNullable<PromiseNow['comparator']>, string>> = {
  '=': '',
  '>=': '≥ ',
  '<=': '≤ ',
  '>': '> ',
  '<': '< ',
  '≈': '约 ',
};

/** For example `≥ 20 家`. */
export function promisedValue({ comparator, value, unitOfMeasure }: PromiseNow): string | undefined {
  if (value === undefined) return undefined;
  const unit = unitOfMeasure === undefined ? '' : unitOfMeasure === '%' ? '%' : ` ${unitOfMeasure}`;
  return `${comparators[comparator ?? '=']}${figure(value)}${unit}`;
}

/** The city's current figure for a promise, and the required value if the target is a rule. */
export function PresentValue({ promise }: { readonly promise: PromiseNow }) {
  const { shown, judgedPeriod, target, rule, revisedFrom, demo } = promise;
  if (shown === undefined) return <span className="none">—</span>;
  return (
    <>
      {figure(shown)}
      {demo && <DemoTag />}
      <small className="muted">
        {judgedPeriod}
        {rule !== undefined && target !== undefined && ` · 应为 ${figure(target)}`}
      </small>
      {rule === undefined && revisedFrom !== undefined && target !== undefined && (
        <small className="note">
          目标由 {figure(revisedFrom)} 调整为 {figure(target)}
        </small>
      )}
    </>
  );
}

/** Link to the indicator or task by which the promise is judged. */
export function JudgedBy({ promise: { indicator, task, repeats } }: { readonly promise: PromiseNow }) {
  if (indicator !== undefined) {
    return (
      <>
        <IndicatorLink code={indicator}>
          {repeats ? '主要指标' : '指标'} {indicator}
        </IndicatorLink>
        {repeats && <small className="muted">承诺与该指标相同</small>}
      </>
    );
  }
  if (task === undefined) return <span className="none">—</span>;
  return <ThingLink thing={{ resource: 'tasks', id: task }}>任务 {task}</ThingLink>;
}
