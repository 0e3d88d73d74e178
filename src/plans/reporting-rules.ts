import { Type, type Static } from '@sinclair/typebox';
import { invalid } from '../kernel/errors.js';
import { unitLevels, type UnitLevel } from './unit-levels.js';

/** The levels at which somebody can approve: a reference unit lends figures only. */
export const approvalLevels = unitLevels.filter((level) => level !== 'reference');
export type ApprovalLevel = (typeof approvalLevels)[number];

export const unapprovedChoices = ['marked', 'excluded'] as const;
export const visibilityChoices = ['plan', 'unit'] as const;

const literals = <Value extends string>(values: readonly Value[], description: string) =>
  Type.Union(
    values.map((value) => Type.Literal(value)),
    { description },
  );

/** How the figures of a plan are approved, counted and seen. A plan that sets none has one approval by anybody. */
export const reportingRulesSchema = Type.Object(
  {
    approval: Type.Array(Type.Union(approvalLevels.map((level) => Type.Literal(level))), {
      description: 'Levels of units that approve one after another, from the lowest; empty: a report is in use at once',
    }),
    unapproved: literals(
      unapprovedChoices,
      'Whether a value that was never approved is used and marked, or not used at all',
    ),
    visibility: literals(
      visibilityChoices,
      'Whether approved values are seen in the whole plan, or by their unit and the units above it',
    ),
  },
  { additionalProperties: false },
);

export type ReportingRules = Static<typeof reportingRulesSchema>;

/** What a plan that sets no rules has besides its one approval by anybody. */
export const defaultReporting = { unapproved: 'marked', visibility: 'plan' } as const;

/**
 * The rules with their defaults; the levels go upwards, each once.
 * @throws {DomainError} `reporting-rules.order`
 */
export function reportingRulesOf({
  approval,
  unapproved = defaultReporting.unapproved,
  visibility = defaultReporting.visibility,
}: Pick<ReportingRules, 'approval'> & Partial<ReportingRules>): ReportingRules {
  const rank = (level: UnitLevel) => unitLevels.indexOf(level);
  const wrong = approval.findIndex((level, at) => at > 0 && rank(level) >= rank(approval[at - 1]!));
  if (wrong > 0) {
    throw invalid(
      'reporting-rules.order',
      `审核层级须由下而上、不重复：${approval[wrong]} 不高于它前面的 ${approval[wrong - 1]}，请写作如 [county, city]`,
      `approval.${wrong}`,
    );
  }
  return { approval: [...approval], unapproved, visibility };
}
