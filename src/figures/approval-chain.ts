import { DomainError } from '../kernel/errors.js';
import type { Actor } from '../kernel/event.js';
import { lastDayOf, parsePeriod } from '../kernel/period.js';
import type { ApprovalLevel, ReportingRules } from '../plans/reporting-rules.js';
import { levelWords } from '../plans/unit-levels.js';
import { successorsOf, unitsAbove, unitsIn, type Units } from '../plans/units-in-time.js';

/** A unit that has to approve, with its level; without both, anybody with the right. */
export interface ApprovalStep {
  readonly level?: ApprovalLevel;
  readonly unit?: string;
}

/** The units of a plan, and what it says of approval. */
export interface Approving extends Units {
  readonly reporting?: Pick<ReportingRules, 'approval'>;
}

/**
 * Who has to approve a figure, one after another; nobody where the plan names no level. Of the plan's levels these are the
 * ones that the figure's unit has, or the nearest unit above it at the end of the period. Where it has none of them, as the city's own
 * figures where counties approve, the plan's top unit approves.
 */
export function approvalChain(
  plan: Approving,
  { unit, period: text }: { readonly unit: string; readonly period: string },
): readonly ApprovalStep[] {
  if (!plan.reporting) return [{}];
  const period = parsePeriod(text);
  const units = new Map(unitsIn(plan, period).map((each) => [each.code, each]));
  const lineage = [unit, ...unitsAbove(plan, unit, lastDayOf(period, plan))];
  const stepOf = (level: ApprovalLevel): ApprovalStep[] => {
    const found = lineage.find((code) => units.get(code)?.level === level);
    return found === undefined ? [] : [{ level, unit: found }];
  };
  const { approval } = plan.reporting;
  const steps = approval.flatMap(stepOf);
  if (steps.length > 0 || approval.length === 0) return steps;
  const [top] = plan.units.flatMap(({ code, level, parent }) =>
    parent === undefined && level !== 'reference' ? [{ level, unit: code }] : [],
  );
  return [top ?? {}];
}

/**
 * The step for which a value waits after the levels that approved it; the last one where all did, which is so after the
 * plan's levels were changed.
 */
export function dueStep(
  chain: readonly ApprovalStep[],
  passed: readonly ApprovalLevel[],
): { readonly step: ApprovalStep; readonly isLast: boolean } {
  const at = chain.findIndex(({ level }) => level === undefined || !passed.includes(level));
  const due = at < 0 ? chain.length - 1 : at;
  return { step: chain[due] ?? {}, isLast: due >= chain.length - 1 };
}

/**
 * The step that somebody takes who approves or returns now.
 * @returns undefined where their own level has approved already
 * @throws {DomainError} `approval.other-unit`, `approval.not-yet`
 */
export function stepOf(
  plan: Approving,
  chain: readonly ApprovalStep[],
  passed: readonly ApprovalLevel[],
  actor: Actor,
): { readonly step: ApprovalStep; readonly isLast: boolean } | undefined {
  const due = dueStep(chain, passed);
  const isOfAnyLevel = actor.means === 'import' || actor.means === 'operator';
  if (due.step.level === undefined || isOfAnyLevel) return due;
  const own = chain.find(({ unit }) => unit !== undefined && actsFor(plan, actor.unit, unit));
  if (!own?.level) {
    const who = chain.map((step) => stepText(plan, step)).join('、');
    throw new DomainError('forbidden', 'approval.other-unit', `该数据由${who}审核：请以其中一个单位的审核员身份办理`, {
      field: 'unit',
    });
  }
  if (own.level === due.step.level) return due;
  if (passed.includes(own.level)) return undefined;
  throw new DomainError(
    'out-of-turn',
    'approval.not-yet',
    `该数据尚待${stepText(plan, due.step)}审核：${stepText(plan, own)}须在其后审核`,
    { field: 'unit' },
  );
}

/** Whether somebody of a unit acts for another: they are the same, or the other ended and its territory passed to it. */
function actsFor(plan: Approving, unit: string | undefined, other: string): boolean {
  if (unit === other) return true;
  const ended = plan.units.find(({ code, until }) => code === other && until !== undefined);
  return ended !== undefined && successorsOf(plan, ended).some((heir) => heir !== other && actsFor(plan, unit, heir));
}

/** `县级（331102 莲都区）` */
export function stepText(plan: Approving, { level, unit }: ApprovalStep): string {
  if (level === undefined) return '有审核权的人员';
  const name = plan.units.find(({ code }) => code === unit)?.name ?? '';
  return `${levelWords[level]}（${unit} ${name}）`;
}
