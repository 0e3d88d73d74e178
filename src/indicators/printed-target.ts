import { Decimal } from '../kernel/decimal.js';
import { invalid } from '../kernel/errors.js';
import { printedTarget, sameValue, type PrintedTarget } from '../kernel/target-value.js';
import { isRule } from './formula.js';
import type { IndicatorDefined } from './indicator.events.js';

type Defined = Pick<(typeof IndicatorDefined)['example'], 'kind' | 'direction'>;

/**
 * A target as it is stored, given as a plan prints it. What the print leaves open is refused, with the way to write it.
 * @throws {DomainError} `target.unit`, `target.brackets`, `target.range-kind`, `target.range-order`, `target.direction`
 */
export function storedTarget(
  text: string,
  { code, kind, direction, unitOfMeasure }: Defined & { readonly code: string; readonly unitOfMeasure: string },
): string {
  // A command has the form of a target: what is neither a rule nor read here was refused as a field.
  const printed = isRule(text) ? undefined : printedTarget(text);
  if (typeof printed !== 'object') return text;
  const { form, numbers, bracketed, unit } = printed;
  const bare = storedForm(printed);
  if (unit !== '' && unit !== unitOfMeasure.normalize('NFKC').replace(/\s+/g, '')) {
    throw invalid(
      'target.unit',
      `目标 ${text} 写的单位是“${unit}”，指标 ${code} 的计量单位是“${unitOfMeasure}”：请核对，单位可不写，如 ${bare}`,
      'value',
    );
  }
  if (bracketed && kind !== 'cumulative') {
    throw invalid(
      'target.brackets',
      `目标 ${text} 带方括号，表示规划期累计，而指标 ${code} 的类型是 ${kind}：是累计的请把 kind 改为 cumulative，不是的请写 ${bare}`,
      'value',
    );
  }
  if (form === 'range') {
    if (kind !== 'hold') {
      throw invalid(
        'target.range-kind',
        `目标 ${text} 是区间，而指标 ${code} 的类型是 ${kind}：区间只用于“保持”类（hold），即每期都应在区间之内；要达到的请写数`,
        'value',
      );
    }
    const [lower, upper] = numbers;
    if (new Decimal(lower).lessThan(upper!)) return bare;
    throw invalid('target.range-order', `目标 ${text} 的下限须小于上限：请写作 下限..上限，如 5..6`, 'value');
  }
  const asks = form === 'number' ? undefined : form === 'over' || form === 'at-least' ? 'higher' : 'lower';
  if (asks !== undefined && asks !== direction) {
    const [side, should] = asks === 'higher' ? ['下限', '越低越好'] : ['上限', '越高越好'];
    throw invalid(
      'target.direction',
      `目标 ${text} 是${side}，而指标 ${code} 的方向是 ${direction}（${should}）：请核对目标和 direction；上下限都有的请写区间，如 5..6`,
      'value',
    );
  }
  return bare;
}

/** Whether two printed targets of one indicator are stored as the same: `70%` and `70`. Rules are compared as written. */
export function isSamePrinted(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => {
    const printed = isRule(text) ? undefined : printedTarget(text);
    return typeof printed === 'object' ? storedForm(printed) : undefined;
  });
  return one === undefined || other === undefined ? a === b : sameValue(one, other);
}

/** `at least 7` is what 7 means where higher is better; `more than 7` is another target. */
function storedForm({ form, numbers }: PrintedTarget): string {
  if (form === 'range') return numbers.join('..');
  const [number] = numbers;
  return form === 'over' ? `>${number}` : form === 'under' ? `<${number}` : number;
}
