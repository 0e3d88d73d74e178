import { Decimal } from '../kernel/decimal.js';
import type { Flaw, GivenCell } from './given-row.js';

/** A number as `DecimalText` takes it. */
const plainNumber = /^-?(0|[1-9]\d*)(\.\d+)?$/;
/** Every three digits apart: `12,345.6`. A group cannot begin a number with zero. */
const grouped = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;

/**
 * The number that a cell says, in plain decimal, or what is wrong with it. Full-width characters, commas between groups of
 * three digits and blanks around it are read; `12.5%` is 12.5 where the unit of measure is %. What can be read in two ways
 * (`1,5`) is never guessed.
 */
export function numberIn({ form, text, flaw }: GivenCell, unitOfMeasure: string): string | Flaw {
  if (flaw) return flaw;
  if (form === 'day') return wrong('单元格是日期，不是数：请把单元格格式改为“数值”后重填');
  const said = text.normalize('NFKC').replaceAll('−', '-').trim();
  const isPercent = said.endsWith('%');
  const digits = isPercent ? said.slice(0, -1).trimEnd() : said;
  const plain = grouped.test(digits) ? digits.replaceAll(',', '') : digits;
  if (!plainNumber.test(plain)) return wrong(ruleFor(digits));
  if (isPercent && !isPercentUnit(unitOfMeasure)) {
    return wrong(`计量单位是“${unitOfMeasure}”，不是 %：请填以“${unitOfMeasure}”计的数，单元格格式也不要用百分比`);
  }
  return asEntered(plain);
}

export const isPercentUnit = (unitOfMeasure: string): boolean => /^[%％]$/.test(unitOfMeasure.trim());

const wrong = (message: string): Flaw => ({ code: 'report.number', message });

/** Digits are kept as they were typed; only a minus before zero says nothing. */
const asEntered = (plain: string): string => (new Decimal(plain).isZero() ? plain.replace('-', '') : plain);

function ruleFor(text: string): string {
  if (/^-?\d+,\d+$/.test(text))
    return '逗号可以是小数点，也可以是千分位，不能确定：小数请写作 1.5，千分位须每三位一个，如 12,345';
  if (/^-?\d+(\.\d+){2,}$/.test(text)) return '不是数：有几个小数点，请核对';
  if (/^\d{1,4}[-/.年]\d{1,2}/.test(text)) return '像日期，不是数：请只填数';
  if (/[eE]/.test(text) && /\d/.test(text)) return '请写完整的数，不用科学计数法';
  if (/\d/.test(text)) return '须只有数字和小数点，如 1234.5：不要写单位和文字';
  return '须为数，如 1234.5：没有数据的，请留空并选“缺报原因”';
}
