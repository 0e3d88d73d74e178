import type { DecisionContext } from '../kernel/decider.js';
import { invalid, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import { dayOf } from '../kernel/time.js';
import { marksOf, type Explanation } from '../quality/marks.js';
import type { CorrectMeasurement, MeasureIndicator } from './figure.commands.js';
import type { Reported } from './figure.events.js';
import type { FigureKnown } from './figure.state.js';

/**
 * The explanations of a report, for its event. Marks of rules that require one have one, and such a rule that marks nothing
 * has none; what an import brings is explained by its reason.
 * @throws {DomainError} `figure.unknown-rule`, `figure.explanation-needed`
 */
export function explained(
  { explanations = [] }: MeasureIndicator | CorrectMeasurement,
  reported: Reported,
  { known: { quality, plan }, knownAt, actor, reason }: DecisionContext<FigureKnown>,
): { explanations?: Explanation[] } {
  const rules = quality?.rules ?? [];
  const stray = explanations.findIndex(({ rule }) => !rules.some(({ id }) => id === rule));
  if (stray >= 0) {
    throw invalid(
      'figure.unknown-rule',
      `没有数据质量规则 ${explanations[stray]!.rule}：请按标记中的规则代码说明`,
      `explanations.${stray}.rule`,
    );
  }
  if (quality?.known && !(actor.means === 'import' && reason)) {
    const day = dayOf(knownAt, plan.drafted!.timeZone);
    const required = rules.filter((rule) => rule.required);
    const found = marksOf(required, { ...quality.known, day }, reported, explanations);
    const open = found.filter(({ explanation }) => explanation === undefined);
    if (open.length > 0) {
      const marks = open.map(({ rule, message }) => `${rule}：${message}`).join('；');
      throw refused(
        'figure.explanation-needed',
        `须先说明下列数据质量标记（explanations 写明规则代码和说明；文件夹写在“事由”）：${marks}`,
        'explanations',
      );
    }
    const idle = new Set(required.map(({ id }) => id));
    for (const { rule } of found) idle.delete(rule);
    const kept = explanations.filter(({ rule }) => !idle.has(rule));
    return kept.length > 0 ? { explanations: plain(kept) } : {};
  }
  return explanations.length > 0 ? { explanations: plain(explanations) } : {};
}
