import { DomainError, invalid, type Problem } from '../kernel/errors.js';
import type { RecordedEvent } from '../kernel/event.js';
import { checkEvaluationRules } from '../plans/evaluation-rules.js';
import type { Threshold } from '../plans/thresholds.js';
import { assertFields, kindWords, type ChangeKind, type SupposedChange } from './question.js';
import type { Supposed, Supposing } from './supposed.js';
import { supposedEvent } from './supposed-event.js';
import { valuation, withdrawal } from './supposed-figure.js';
import { restoring, targeting, weighting } from './supposed-indicator.js';
import { otherRules, otherThreshold } from './supposed-rules.js';

/** A change as the answer repeats it: what stands, and what is supposed instead. */
export interface ChangeMade {
  readonly kind: ChangeKind;
  /** Its name in Chinese. */
  readonly label: string;
  readonly code?: string;
  readonly unit?: string;
  readonly period?: string;
  readonly threshold?: Threshold;
  readonly from?: string;
  readonly to?: string;
}

/** The events that all changes together would record, in the order in which they are folded. */
export interface Suppositions {
  readonly changes: readonly ChangeMade[];
  readonly events: readonly RecordedEvent[];
}

/**
 * Reads the changes against the state, all or none. Each wrong one is named by its place and field: `changes.2.value`.
 * @throws {DomainError} `what-if.refused`, with a problem for each wrong change
 */
export async function suppose(changes: readonly SupposedChange[], context: Supposing): Promise<Suppositions> {
  const problems: Problem[] = [];
  const found = new Map<number, Supposed>();
  const taking = async (at: number, take: () => Supposed | Promise<Supposed>) => {
    try {
      found.set(at, await take());
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      problems.push(...error.problems.map((problem) => placed(problem, at)));
    }
  };
  const sound: number[] = [];
  for (const [at, change] of changes.entries()) {
    await taking(at, () => {
      assertFields(change);
      assertFirst(changes, at);
      sound.push(at);
      return { stream: '', events: [] };
    });
  }
  const of = (...kinds: readonly ChangeKind[]) => sound.filter((at) => kinds.includes(changes[at]!.kind));
  for (const at of of('withdraw', 'value', 'target', 'target-version', 'weight')) {
    await taking(at, () => readers[changes[at]!.kind as keyof typeof readers](changes[at]!, context));
  }
  // Thresholds are set in the version of the rules that is supposed, wherever that stands in the list.
  let { rules } = context.plan;
  const ofRules = [...of('rules'), ...of('threshold')];
  for (const at of ofRules) {
    await taking(at, async () => {
      const change = changes[at]!;
      const { rules: next, ...supposed } =
        change.kind === 'rules' ? await otherRules(change, context) : otherThreshold(change, context, rules);
      rules = next;
      return supposed;
    });
  }
  if (ofRules.length > 0) {
    for (const { field, ...problem } of checkEvaluationRules(rules.rules)) {
      const at = ofRules.find((each) => changes[each]!.threshold === field) ?? ofRules.at(-1)!;
      problems.push(placed({ ...problem, field: 'value' }, at));
    }
  }
  if (problems.length > 0) {
    const message = problems.map((problem) => problem.message).join('；');
    throw new DomainError('invalid', 'what-if.refused', message, { problems });
  }
  const inOrder = [...of('withdraw', 'value', 'target', 'target-version', 'weight'), ...ofRules];
  const knownAt = context.asOf.knownAt ?? context.now;
  return {
    changes: changes.map((change, at) => changeMade(change, found.get(at)!)),
    events: inOrder.flatMap((at) => {
      const { stream, events } = found.get(at)!;
      return events.map((event) => supposedEvent(at, stream, event, knownAt));
    }),
  };
}

const readers = {
  withdraw: withdrawal,
  value: valuation,
  target: targeting,
  'target-version': restoring,
  weight: weighting,
};

const placed = ({ field, ...problem }: Problem, at: number): Problem => ({
  ...problem,
  field: field === undefined ? `changes.${at}` : `changes.${at}.${field}`,
  message: `假设 ${at + 1}：${problem.message}`,
});

/** Two changes of one thing contradict each other. @throws {DomainError} `what-if.twice` */
function assertFirst(changes: readonly SupposedChange[], at: number): void {
  const earlier = changes.slice(0, at).findIndex((change) => aboutOf(change) === aboutOf(changes[at]!));
  if (earlier >= 0) throw invalid('what-if.twice', `与假设 ${earlier + 1} 说的是同一件事：请只留其一`);
}

function aboutOf({ kind, code, unit, period, threshold }: SupposedChange): string {
  const thing = { withdraw: 'figure', value: 'figure', target: 'target', 'target-version': 'target' }[kind as string];
  return [thing ?? kind, code, unit, period, threshold].join(' ');
}

function changeMade({ kind, code, unit, period, threshold }: SupposedChange, { from, to }: Supposed): ChangeMade {
  return {
    ...{ kind, label: kindWords[kind] },
    ...(code !== undefined && { code }),
    ...(unit !== undefined && { unit }),
    ...(period !== undefined && { period }),
    ...(threshold !== undefined && { threshold }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}
