import { t } from '../shared/i18n';

/** The number that a text says, in plain decimal, or what is wrong with it. */
export type NumberRead = { readonly number: string } | { readonly flaw: string };

/** A number as commands take it. */
const plainNumber = /^-?(0|[1-9]\d*)(\.\d+)?$/;
/** Every three digits apart: `12,345.6`. */
const grouped = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;

/**
 * Reads a number as the server reads a cell of a workbook (`src/reporting/number-cell.ts`; a spec compares the two).
 * What can be read in two ways is not guessed.
 */
export function readNumber(text: string, unitOfMeasure: string): NumberRead {
  const said = text.normalize('NFKC').replaceAll('−', '-').trim();
  const isPercent = said.endsWith('%');
  const digits = isPercent ? said.slice(0, -1).trimEnd() : said;
  const plain = grouped.test(digits) ? digits.replaceAll(',', '') : digits;
  if (!plainNumber.test(plain)) return { flaw: ruleFor(digits) };
  if (isPercent && !/^[%％]$/.test(unitOfMeasure.trim())) {
    return { flaw: t('计量单位是“{{unit}}”，不是 %：请填以“{{unit}}”计的数', { unit: unitOfMeasure }) };
  }
  return { number: /^-0(\.0+)?$/.test(plain) ? plain.slice(1) : plain };
}

function ruleFor(text: string): string {
  if (/^-?\d+,\d+$/.test(text)) {
    return t('逗号可以是小数点，也可以是千分位，不能确定：小数请写作 1.5，千分位须每三位一个，如 12,345');
  }
  if (/^-?\d+(\.\d+){2,}$/.test(text)) return t('不是数：有几个小数点，请核对');
  if (/^\d{1,4}[-/.年]\d{1,2}/.test(text)) return t('像日期，不是数：请只填数');
  if (/[eE]/.test(text) && /\d/.test(text)) return t('请写完整的数，不用科学计数法');
  if (/\d/.test(text)) return t('须只有数字和小数点，如 1234.5：不要写单位和文字');
  return t('须为数，如 1234.5：没有数据的，请留空并选“缺报原因”');
}
