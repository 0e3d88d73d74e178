import { Decimal } from '../kernel/decimal.js';
import { codeMeant, orMeant } from '../kernel/did-you-mean.js';
import { invalid } from '../kernel/errors.js';
import type { Breakdown, Definition } from '../indicators/indicator.events.js';
import { assertComponents, assertValue, type Admitted, type Components } from './checked-numbers.js';
import type { PartInput } from './figure.commands.js';
import type { Part } from './figure.events.js';

type Numbers = { readonly value: string } | Components;

/** Whether values of parts add up to the whole. Otherwise the whole is a mean or a rate, and lies within its parts. */
export const addsUp = ({ aggregation, valueType }: Pick<Definition, 'aggregation' | 'valueType'>): boolean =>
  aggregation === 'sum' || valueType === 'count';

/** The parts that a figure has of a breakdown, if they are those that the definition has. */
export function partsOf(parts: readonly Part[] | undefined, breakdown: Breakdown): readonly Part[] | undefined {
  const own = parts?.filter((part) => part.breakdown === breakdown.code) ?? [];
  const inOrder = breakdown.parts.flatMap(({ code }) => own.find(({ part }) => part === code) ?? []);
  return inOrder.length === breakdown.parts.length && own.length === inOrder.length ? inOrder : undefined;
}

/**
 * The parts of a figure, in the order of its definition; undefined if none were entered. They are complete for each
 * breakdown of which there is any, and make up the whole.
 * @throws {DomainError} `figure.part-unknown`, `figure.part-twice`, `figure.part-missing`, `figure.part-form`,
 * `figure.parts-sum`, `figure.parts-range`, and what a value or components are refused for
 */
export function checkedParts(
  entered: readonly PartInput[] = [],
  whole: Numbers,
  admitted: Admitted,
): readonly Part[] | undefined {
  if (entered.length === 0) return undefined;
  const { breakdowns = [] } = admitted.definition;
  for (const [at, part] of entered.entries()) assertKnown(part, at, breakdowns, entered);
  const parts = entered.map((part, at) => checkedPart(part, `parts.${at}.`, whole, admitted));
  return breakdowns.flatMap((breakdown) => {
    const own = breakdown.parts.map(({ code }) => parts.find((part) => isPart(part, breakdown.code, code)));
    if (own.every((part) => part === undefined)) return [];
    const lacking = breakdown.parts.filter((_, at) => !own[at]).map(({ code, name }) => `${code}（${name}）`);
    if (lacking.length > 0) {
      const message = `${breakdown.name}缺 ${lacking.join('、')}：一个分组的各组须填全，没有的填 0；不报的整组不填`;
      const last = entered.findLastIndex((part) => part.breakdown === breakdown.code);
      throw invalid('figure.part-missing', message, `parts.${last}.part`);
    }
    const complete = own as readonly Part[];
    assertMakeUp(complete, whole, breakdown.name, admitted.definition);
    return complete;
  });
}

const isPart = (item: { breakdown: string; part: string }, breakdown: string, part: string): boolean =>
  item.breakdown === breakdown && item.part === part;

function assertKnown(
  { breakdown, part }: PartInput,
  at: number,
  breakdowns: readonly Breakdown[],
  entered: readonly PartInput[],
): void {
  if (breakdowns.length === 0) {
    const message = '该指标的口径没有分组：请删去分组，或先在口径中写明 breakdowns';
    throw invalid('figure.part-unknown', message, `parts.${at}.breakdown`);
  }
  const known = breakdowns.find(({ code }) => code === breakdown);
  if (!known) {
    throw invalid(
      'figure.part-unknown',
      `没有分组 ${breakdown}：${choice(breakdown, breakdowns)}`,
      `parts.${at}.breakdown`,
    );
  }
  if (!known.parts.some(({ code }) => code === part)) {
    const message = `${known.name}没有 ${part} 这一组：${choice(part, known.parts)}`;
    throw invalid('figure.part-unknown', message, `parts.${at}.part`);
  }
  if (entered.findIndex((item) => isPart(item, breakdown, part)) < at) {
    throw invalid('figure.part-twice', `${breakdown}.${part} 填了两次：每组只填一次`, `parts.${at}.part`);
  }
}

function choice(code: string, known: readonly { code: string; name: string }[]): string {
  const meant = codeMeant(
    code,
    known.map((item) => item.code),
  );
  return `可用 ${known.map((item) => `${item.code}（${item.name}）`).join('、')}${orMeant(meant)}`;
}

function checkedPart(entered: PartInput, at: string, whole: Numbers, admitted: Admitted): Part {
  const { breakdown, part, value, numerator, denominator } = entered;
  if ('value' in whole) {
    if (value === undefined || (numerator ?? denominator) !== undefined) {
      throw invalid('figure.part-form', '各组与总数用同一种填法：总数填的是数值，请只填数值', `${at}value`);
    }
    assertValue(value, admitted, at);
    return { breakdown, part, value };
  }
  if (numerator === undefined || denominator === undefined || value !== undefined) {
    const field = numerator === undefined ? 'numerator' : denominator === undefined ? 'denominator' : 'value';
    throw invalid('figure.part-form', '各组与总数用同一种填法：总数填的是分子、分母，请填分子和分母', `${at}${field}`);
  }
  assertComponents({ numerator, denominator }, admitted, at);
  return { breakdown, part, numerator, denominator };
}

/** Parts of a ratio add up in both components. Values add up, or the whole lies within the parts. */
function assertMakeUp(parts: readonly Part[], whole: Numbers, name: string, definition: Definition): void {
  if ('numerator' in whole) {
    const components = parts as readonly (Part & Components)[];
    for (const field of ['numerator', 'denominator'] as const) {
      const what = field === 'numerator' ? '分子' : '分母';
      assertSum(
        components.map((part) => part[field]),
        whole[field],
        { name: `${name}各组${what}`, total: `总数的${what}`, field },
      );
    }
    return;
  }
  const values = (parts as readonly (Part & { value: string })[]).map(({ value }) => value);
  if (addsUp(definition)) {
    assertSum(values, whole.value, { name: `${name}各组`, total: '总数', field: 'value' });
    return;
  }
  const [lowest, highest] = [Decimal.min(...values), Decimal.max(...values)];
  if (lowest.lessThanOrEqualTo(whole.value) && highest.greaterThanOrEqualTo(whole.value)) return;
  throw invalid(
    'figure.parts-range',
    `总数 ${whole.value} 不在${name}各组 ${lowest.toFixed()} 到 ${highest.toFixed()} 之间：总体的平均数、比率不会超出各组，请核对`,
    'value',
  );
}

function assertSum(
  numbers: readonly string[],
  whole: string,
  { name, total, field }: { name: string; total: string; field: string },
): void {
  const sum = Decimal.sum(...numbers);
  if (sum.equals(whole)) return;
  const difference = sum.minus(whole);
  throw invalid(
    'figure.parts-sum',
    `${name}合计 ${sum.toFixed()}，${total} ${whole}，相差 ${difference.toFixed()}：各组互不重叠，合起来须等于总数`,
    field,
  );
}
