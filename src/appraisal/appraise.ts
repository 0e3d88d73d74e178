import { Decimal } from '../assessment/decimals.js';
import type { Position } from '../kernel/position.js';
import {
  countWords,
  type AppraisalItemRule,
  type AppraisalRules,
  type CountName,
  type LossRule,
} from '../appraisal-rules/appraisal-rules.js';

/** What a fact is about: a figure, or a thing of the programme. */
export interface FactSubject {
  readonly kind: 'figure' | 'project' | 'policy' | 'task' | 'finding';
  /** The indicator's code, or the id of the thing. */
  readonly id: string;
  /** Of a figure. */
  readonly unit?: string;
  readonly period?: string;
}

/** Something that a count of a unit is made of. */
export interface Fact {
  readonly count: CountName;
  readonly unit: string;
  /** Chinese words for the reader. */
  readonly text: string;
  readonly about: FactSubject;
  /** Tells it from other facts of the same count about the same thing: the rule of a mark, the place of a correction. */
  readonly mark?: string;
  /** How much it counts, by default 1; of late days, the days. */
  readonly amount?: number;
  /** The place in the log of the event that it rests on. Absent where it rests on there being none. */
  readonly position?: Position;
}

/** Points that were lost by one fact, or by the cap of an item. */
export interface LostPoints extends Pick<Fact, 'text' | 'position'> {
  /** Names the deduction in its unit's sheet of the year. Absent of a cap and a limit: nobody objects to these. */
  readonly id?: string;
  readonly count: CountName;
  readonly about?: FactSubject;
  /** Decimal text with up to three decimals; below 0 where an item would lose more than it has. */
  readonly points: string;
  /** Present where the deduction was withdrawn: what it would take. Its points are 0 then. */
  readonly withdrawn?: string;
}

export interface AppraisalItem {
  readonly code: string;
  readonly name: string;
  readonly weight: string;
  /** Absent where the item does not apply to the unit: nothing of its base is counted. */
  readonly points?: string;
  /** The counts that the item rests on, its base first. */
  readonly counts: readonly { readonly count: CountName; readonly word: string; readonly value: number }[];
  /** They add up to exactly what the item lacks of its weight. */
  readonly lost: readonly LostPoints[];
}

export interface AppraisalScore {
  readonly items: readonly AppraisalItem[];
  /** The points of the items that apply. */
  readonly points: string;
  /** The weights of the items that apply. */
  readonly weight: string;
  /** Points in percent of these weights, two decimals; absent where no item applies. */
  readonly total?: string;
}

/** Each part is rounded on its own, so that what is shown adds up. */
const decimals = 3;

/**
 * Scores one unit by the facts about it.
 * @param withdrawn ids of deductions that do not count: objections to them were accepted
 */
export function appraise(
  rules: Pick<AppraisalRules, 'items'>,
  facts: readonly Fact[],
  withdrawn: ReadonlySet<string> = new Set(),
): AppraisalScore {
  const items = rules.items.map((rule) => itemOf(rule, facts, withdrawn));
  const applying = items.filter(({ points }) => points !== undefined);
  const sum = (of: (item: AppraisalItem) => string) =>
    applying.reduce((all, item) => all.plus(of(item)), new Decimal(0));
  const [points, weight] = [sum((item) => item.points!), sum((item) => item.weight)];
  return {
    ...{ items, points: points.toFixed(), weight: weight.toFixed() },
    ...(!weight.isZero() && { total: points.times(100).div(weight).toFixed(2) }),
  };
}

function itemOf(rule: AppraisalItemRule, facts: readonly Fact[], withdrawn: ReadonlySet<string>): AppraisalItem {
  const { code, name, base, losses, cap } = rule;
  const of = (count: CountName) => facts.filter((fact) => fact.count === count);
  const isCounted = (fact: Fact) => fact.count === base || !withdrawn.has(idOf(code, fact));
  const valueOf = (count: CountName) =>
    of(count)
      .filter(isCounted)
      .reduce((sum, { amount = 1 }) => sum + amount, 0);
  const [weight, whole] = [new Decimal(rule.weight), valueOf(base)];
  const named = [base, ...losses.map(({ count }) => count)];
  const counts = named.map((count) => ({ count, word: countWords[count], value: valueOf(count) }));
  if (whole === 0) return { code, name, weight: rule.weight, counts, lost: [] };
  const lost = losses.flatMap((loss) =>
    of(loss.count).flatMap((fact): LostPoints[] => {
      const { count, text, about, amount = 1, position } = fact;
      const factor = factorOf(loss, amount);
      if (factor === undefined) return [];
      const points = weight.times(factor).div(whole).toDecimalPlaces(decimals).toFixed();
      const taken = isCounted(fact) ? { points } : { points: '0', withdrawn: points };
      return [{ id: idOf(code, fact), count, text, about, ...(position !== undefined && { position }), ...taken }];
    }),
  );
  const sum = lost.reduce((all, { points }) => all.plus(points), new Decimal(0));
  const isCapped = cap !== undefined && valueOf(cap.count) > 0;
  const most = isCapped ? weight.times(cap.share) : weight;
  const kept = Decimal.min(Decimal.max(weight.minus(sum), 0), most);
  const rest = weight.minus(sum).minus(kept);
  const isOfCap = isCapped && rest.isPositive();
  const even: LostPoints[] = rest.isZero()
    ? []
    : [
        {
          count: isOfCap ? cap.count : base,
          text: isOfCap ? `有${countWords[cap.count]}，本项至多 ${most.toFixed()} 分` : '扣分以本项满分为限',
          points: rest.toFixed(),
        },
      ];
  return { code, name, weight: rule.weight, points: kept.toFixed(), counts, lost: [...lost, ...even] };
}

/** What one fact takes, in parts of weight ÷ base; undefined where it reaches no step. */
function factorOf({ factor, steps = [] }: LossRule, amount: number): Decimal | undefined {
  if (factor !== undefined) return new Decimal(factor).times(amount);
  const step = steps.findLast(({ from }) => amount >= from);
  return step && new Decimal(step.factor);
}

/** `timeliness/overdue/figure/05/331102/2022` */
const idOf = (item: string, { count, about: { kind, id, unit, period }, mark }: Fact): string =>
  [item, count, kind, id, unit, period, mark].filter((part) => part !== undefined).join('/');
