import type { Target } from '../api/types';
import { figure } from '../format';
import { inputsText } from '../overview/reading';

/** What a target asks for; of one that is a rule, the number it comes to here and now, and the rule below it. */
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
