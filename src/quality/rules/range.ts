import { numberText, type Look, type Oddity } from '../mark.js';

/** The value lies outside the limits of the rule. */
export const range: Look = ({ exact }, { minimum, maximum }): Oddity | undefined => {
  const value = numberText(exact);
  if (minimum !== undefined && exact.lt(minimum)) {
    return { message: `数值 ${value} 低于下限 ${minimum}`, numbers: { value, minimum } };
  }
  if (maximum !== undefined && exact.gt(maximum)) {
    return { message: `数值 ${value} 高于上限 ${maximum}`, numbers: { value, maximum } };
  }
  return undefined;
};
