import { IndicatorLink, ThingLink } from '../app/links';
import type { PromiseNow } from '../api/types';
import { figure } from '../format';
import { DemoTag } from '../shared/DemoTag';
import { t } from '../shared/i18n';

const comparators: Readonly<Record<NonNullable<PromiseNow['comparator']>, string>> = {
  '=': '',
  '>=': '≥ ',
  '<=': '≤ ',
  '>': '> ',
  '<': '< ',
  '≈': '≈ ',
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
        {rule !== undefined && target !== undefined && ` · ${t('应为 {{target}}', { target: figure(target) })}`}
      </small>
      {rule === undefined && revisedFrom !== undefined && target !== undefined && (
        <small className="note">
          {t('目标由 {{revisedFrom}} 调整为 {{target}}', { revisedFrom: figure(revisedFrom), target: figure(target) })}
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
          {repeats ? t('主要指标 {{code}}', { code: indicator }) : t('指标 {{code}}', { code: indicator })}
        </IndicatorLink>
        {repeats && <small className="muted">{t('任务目标与该指标相同')}</small>}
      </>
    );
  }
  if (task === undefined) return <span className="none">—</span>;
  return <ThingLink thing={{ resource: 'tasks', id: task }}>{t('任务 {{task}}', { task })}</ThingLink>;
}
