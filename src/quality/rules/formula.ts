import { evaluateFormula, parseFormula, referencesOf } from '../../indicators/formula.js';
import { referenceKey } from '../quality-context.js';
import { numberText, type Look, type Oddity } from '../mark.js';

/** A formula over figures of the unit is outside its limits. Without one of its figures it says nothing. */
export const formula: Look = ({ code, exact, others }, { formula: text, minimum, maximum }): Oddity | undefined => {
  const parsed = parseFormula(text!);
  const values = new Map(others).set(referenceKey({ code, previous: false }), exact);
  const references = referencesOf(parsed);
  if (references.some((each) => !values.has(referenceKey(each)))) return undefined;
  const result = evaluateFormula(parsed, (each) => values.get(referenceKey(each))!);
  if (!result) return undefined;
  const shown = numberText(result);
  const inputs = Object.fromEntries(
    references.map((each) => [
      each.previous ? `previous(${each.code})` : each.code,
      numberText(values.get(referenceKey(each))!),
    ]),
  );
  if (minimum !== undefined && result.lt(minimum)) {
    return { message: `${text} 得 ${shown}，应不小于 ${minimum}`, numbers: { ...inputs, result: shown, minimum } };
  }
  if (maximum !== undefined && result.gt(maximum)) {
    return { message: `${text} 得 ${shown}，应不大于 ${maximum}`, numbers: { ...inputs, result: shown, maximum } };
  }
  return undefined;
};
