import { mayAs } from '../access/roles.js';
import type { DecisionContext } from '../kernel/decider.js';
import { invalid, refused, type DomainError } from '../kernel/errors.js';
import { liesWithin, parsePeriod } from '../kernel/period.js';
import { dayOf, type Instant } from '../kernel/time.js';
import { unlockFor, type Unlock } from '../plans/unlocks.js';
import type { Publication } from '../slice/publications.js';
import type { FigureId } from './figure.events.js';
import type { FigureKnown, FigureState } from './figure.state.js';

/** Why a figure is locked. */
export type Lock =
  | { readonly because: 'approved'; readonly by: string; readonly knownAt: Instant }
  | { readonly because: 'published'; readonly evaluation: string; readonly title: string; readonly knownAt: Instant };

/** What of a figure can lock it. */
export interface Lockable {
  /** Who approved its value last; absent where nobody had to. */
  readonly approval?: { readonly by: { readonly name: string }; readonly knownAt: Instant };
  readonly latest?: unknown;
}

/** A value is locked that the last level approved, or of whose period an evaluation was published. */
export function lockOf(
  { period }: Pick<FigureId, 'period'>,
  { approval, latest }: Lockable,
  published: readonly Publication[] = [],
): Lock | undefined {
  if (approval) return { because: 'approved', by: approval.by.name, knownAt: approval.knownAt };
  if (!latest) return undefined;
  const own = parsePeriod(period);
  const found = published.find((each) => liesWithin(own, parsePeriod(each.period)));
  if (!found) return undefined;
  const { evaluation, title, knownAt } = found;
  return { because: 'published', evaluation, title, knownAt };
}

/** Why it is locked, in words. */
export function lockText(lock: Lock, timeZone: string): string {
  const day = dayOf(lock.knownAt, timeZone);
  if (lock.because === 'approved') return `${lock.by} 于 ${day} 审核通过`;
  return `评估 ${lock.evaluation}（${lock.title}）于 ${day} 发布`;
}

/** What keeps a figure from being changed, and what opens it. */
export interface Locked {
  readonly lock?: Lock;
  /** While it is in force, the lock does not hold. */
  readonly unlock?: Unlock;
}

export function lockedBy(figure: FigureId, state: FigureState, { known, now }: DecisionContext<FigureKnown>): Locked {
  const lock = lockOf(figure, state, known.published);
  const unlock = unlockFor(known.plan.unlocks, figure, dayOf(now, known.plan.drafted!.timeZone));
  return { ...(lock && { lock }), ...(unlock && { unlock }) };
}

/**
 * Refuses the change of a locked figure by somebody without the right to correct it, or without a reason and a kept file.
 * @throws {DomainError} `figure.locked`, and those of `assertMayCorrectLocked`
 */
export function assertChangeable(figure: FigureId, state: FigureState, context: DecisionContext<FigureKnown>): void {
  const { lock, unlock } = lockedBy(figure, state, context);
  if (!lock || unlock) return;
  const { timeZone } = context.known.plan.drafted!;
  assertMayCorrectLocked(
    figure,
    context,
    refused(
      'figure.locked',
      `该数据已锁定：${lockText(lock, timeZone)}。请规划管理员解除该单位该期间的锁定，或由有更正权的更正员附事由和已留存的依据文件更正`,
    ),
  );
}

/**
 * What was decided elsewhere and is only recorded here needs no file besides the folder that brings it.
 * @throws {DomainError} the refusal for those who may not; `reason.missing`, `figure.evidence-needed`,
 * `figure.evidence-not-kept`
 */
export function assertMayCorrectLocked(
  { plan, unit }: FigureId,
  { actor, reason, evidence, known: { kept = [] } }: DecisionContext<FigureKnown>,
  refusal: DomainError,
): void {
  if (!mayAs(actor, 'figures.correct-locked')) throw refusal;
  if (!reason) throw invalid('reason.missing', '改动已锁定的或他人的数据须写明事由', 'reason');
  const isKept = evidence.some(({ sha256 }) => sha256 !== undefined && kept.includes(sha256));
  if (actor.means === 'import' || isKept) return;
  const wayOut = `请先留存（POST /api/plans/${plan}/evidence?unit=${unit}&title=…，或 tongjian evidence keep <文件> --unit ${unit} --title …），再写明其 SHA-256（evidence 的 sha256，或 --evidence-sha256）`;
  if (evidence.length === 0) {
    throw invalid(
      'figure.evidence-needed',
      `改动已锁定的或他人的数据须附依据（至少一份已留存的文件）：${wayOut}`,
      'evidence',
    );
  }
  const named = evidence.flatMap(({ sha256 }) => sha256 ?? []);
  throw invalid(
    'figure.evidence-not-kept',
    named.length === 0
      ? `改动已锁定的或他人的数据，依据只有名称不够，须有已留存的文件：${wayOut}`
      : `依据文件 ${named.map((sha256) => sha256.slice(0, 12)).join('、')} 没有为单位 ${unit} 或其上级留存：${wayOut}`,
    'evidence',
  );
}
