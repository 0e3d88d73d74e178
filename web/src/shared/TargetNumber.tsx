import type { Target } from '../api/types';
import { figure } from '../format';
import { inputsText } from '../overview/reading';

/** The number of a target; a rule target shows its computed value with the rule below. */
export function TargetNumber({ target: { value, rule } }: { readonly target: Target }) {
  if (!rule) return <>{figure(value)}</>;
  return (
    <>
      {rule.shown === undefined ? <span className="absent">无法计算</span> : figure(rule.shown)}
      <small className="rule" title={inputsText(rule.inputs)}>
        {value}
      </small>
    </>
  );
}
