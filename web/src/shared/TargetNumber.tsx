import type { Target } from '../api/types';
import { figure } from '../format';
import { inputsText } from '../overview/reading';
import { t } from './i18n';

/** The number of a target; a rule target shows its computed value with the rule below. */
export function TargetNumber({ target: { value, rule, comparable } }: { readonly target: Target }) {
  const stale = comparable === false && (
    <small className="pending" title={t('按原口径设定，未按现口径重新设定，不作判断')}>
      {t('原口径')}
    </small>
  );
  if (!rule) {
    return (
      <>
        {figure(value)}
        {stale}
      </>
    );
  }
  return (
    <>
      {rule.shown === undefined ? <span className="absent">{t('无法计算')}</span> : figure(rule.shown)}
      <small className="rule" title={inputsText(rule.inputs)}>
        {value}
      </small>
      {stale}
    </>
  );
}
