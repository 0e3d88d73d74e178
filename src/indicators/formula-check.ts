import { invalid } from '../kernel/errors.js';
import { assertUnitsFit } from './formula-units.js';
import { isRule, parseFormula, referencesOf, type Formula } from './formula.js';
import type { Definition } from './indicator.events.js';

/** What the check needs to know of an indicator: whether it is defined, and the formulas that hold for it. */
interface Referring {
  readonly defined?: { readonly frequency: string };
  readonly definition?: Definition;
  readonly targets: ReadonlyMap<string, { readonly value: string }>;
}

/** The indicators that a formula refers to, directly or through the formulas of others, by code. */
export type Referred = ReadonlyMap<string, Referring>;

/** Every formula that holds for an indicator: how it is measured, and its targets that are rules. */
export function formulasOf({ definition, targets }: Referring): Formula[] {
  const measured = definition?.measurement.type === 'formula' ? [definition.measurement.formula] : [];
  const rules = [...targets.values()].map(({ value }) => value).filter(isRule);
  return [...measured, ...rules].map((text) => parseFormula(text));
}

interface Subject {
  readonly code: string;
  readonly frequency: string;
  readonly unitOfMeasure: string;
  readonly referred: Referred;
  readonly field: string;
  /** A target may stand on the indicator’s own figure of the year before: what has been reached is kept. */
  readonly ownPrevious: boolean;
}

/**
 * Reads a formula of an indicator and refuses what could not be computed: indicators that are not defined, that have other
 * periods, that lead back here, or whose units do not fit.
 * @throws {DomainError} what `parseFormula` and `assertUnitsFit` throw, `formula.unknown-indicator`, `formula.self`,
 * `formula.cycle`, `formula.frequency`
 */
export function checkedFormula(text: string, subject: Subject): Formula {
  const { code, frequency, referred, field, ownPrevious, unitOfMeasure } = subject;
  const formula = parseFormula(text, field);
  const references = referencesOf(formula);
  const others = references.filter((reference) => reference.code !== code);
  if (
    others.length < references.length &&
    !(ownPrevious && references.every((own) => own.code !== code || own.previous))
  ) {
    throw invalid('formula.self', `指标 ${code} 的公式引用了它自身：请改用别的指标`, field);
  }
  for (const { code: other } of others) {
    const defined = referred.get(other)?.defined;
    if (!defined) {
      throw invalid(
        'formula.unknown-indicator',
        `指标 ${code} 的公式引用的指标 ${other} 尚未定义：公式只能引用在它之前定义的指标，请核对代码，或把 ${other} 排在 ${code} 前面`,
        field,
        { kind: 'indicator', id: other },
      );
    }
    if (defined.frequency !== frequency) {
      throw invalid(
        'formula.frequency',
        `指标 ${code} 的公式引用的指标 ${other} 频次不同（${defined.frequency}，${code} 为 ${frequency}）：公式只取同一期间的数`,
        field,
      );
    }
    const circle = wayBack(code, other, referred);
    if (circle) {
      throw invalid('formula.cycle', `指标 ${code} 的公式循环引用：${[code, ...circle].join(' → ')}`, field);
    }
  }
  const unitOf = (other: string) => (other === code ? unitOfMeasure : referred.get(other)!.definition!.unitOfMeasure);
  assertUnitsFit(formula, { code, unitOfMeasure, unitOf, field });
  return formula;
}

/** The indicators on the way from one to another, where its formulas lead there. */
function wayBack(
  to: string,
  from: string,
  referred: Referred,
  passed: ReadonlySet<string> = new Set(),
): string[] | undefined {
  if (from === to) return [to];
  const state = referred.get(from);
  if (!state || passed.has(from)) return undefined;
  for (const formula of formulasOf(state)) {
    for (const { code } of referencesOf(formula)) {
      const way = wayBack(to, code, referred, new Set([...passed, from]));
      if (way) return [from, ...way];
    }
  }
  return undefined;
}
