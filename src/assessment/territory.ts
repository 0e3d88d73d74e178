import { lastDayOf, type Period } from '../kernel/period.js';
import { by } from '../kernel/order.js';
import { dayAfter } from '../kernel/time.js';
import { unitOn, unitsAbove, type TerritoryChange, type Units } from '../plans/units-in-time.js';

/**
 * What a unit's value of an earlier period is made of, within the borders that the unit has later: the unit's own value
 * of then (`own`), the values of several units added up (`parts`), or nothing that is known (`unknown`).
 */
export type Makeup =
  | { readonly kind: 'own'; readonly unit: string }
  | { readonly kind: 'parts'; readonly unit: string; readonly parts: readonly Makeup[] }
  | { readonly kind: 'unknown'; readonly unit: string };

/** A change of territory, or of the unit above. */
type Change = TerritoryChange | { readonly on: string; readonly moved: string; readonly to: string };

/** Tells how the units of a later time were made up in an earlier period. */
export class Territory {
  private readonly changes: readonly Change[];

  constructor(private readonly plan: Units) {
    const moves = plan.units.flatMap(({ code, parent, parents = [] }) =>
      parents.map(({ until: on }, at) => ({ on, moved: code, to: (parents[at + 1]?.parent ?? parent)! })),
    );
    this.changes = [...(plan.territoryChanges ?? []), ...moves].sort(by(({ on }) => on));
  }

  /** Whether any unit has other borders at the end of `later` than at the end of `earlier`, or did not exist then. */
  differs(earlier: Period, later: Period): boolean {
    const [from, to] = [lastDayOf(earlier, this.plan), lastDayOf(later, this.plan)];
    return (
      this.changes.some(({ on }) => on > from && on <= to) ||
      this.plan.units.some(({ from: begun = '' }) => begun > from && begun <= to)
    );
  }

  /** The makeup in an earlier period of a unit that exists in the later one. */
  makeup(unit: string, earlier: Period, later: Period): Makeup {
    return this.makeupUntil(unit, lastDayOf(earlier, this.plan), lastDayOf(later, this.plan));
  }

  /** `day` is a day on which the unit has the borders that are meant; `then` is the earlier day. */
  private makeupUntil(unit: string, then: string, day: string): Makeup {
    const change = this.changes.findLast((each) => each.on > then && each.on <= day && this.concerns(each, unit));
    const existed = this.existed(unit, then);
    if (!change) return existed ? { kind: 'own', unit } : { kind: 'unknown', unit };
    if ('into' in change && change.into.includes(unit)) {
      if (change.into.length > 1) return { kind: 'unknown', unit };
      const before = dayAfter(change.on, -1);
      return { kind: 'parts', unit, parts: change.from.map((each) => this.makeupUntil(each, then, before)) };
    }
    // A unit below came, went, or has other borders.
    const below = this.below(unit, day).filter((each) => this.hasPast(each, then));
    if (below.length === 0) return { kind: 'unknown', unit };
    return { kind: 'parts', unit, parts: below.map((each) => this.makeupUntil(each, then, day)) };
  }

  /** Whether a change gives a unit other borders: not if all of it happens within them. */
  private concerns(change: Change, unit: string): boolean {
    const before = dayAfter(change.on, -1);
    const within = (code: string, day: string) => code === unit || unitsAbove(this.plan, code, day).includes(unit);
    if ('moved' in change) {
      if (change.moved === unit) return false;
      return unitsAbove(this.plan, change.moved, before).includes(unit) !== within(change.to, change.on);
    }
    const { from, into, on } = change;
    if (from.includes(unit) || into.includes(unit)) return true;
    const went = from.filter((code) => within(code, before)).length;
    const came = into.filter((code) => within(code, on)).length;
    if (went === 0 && came === 0) return false;
    return into.length === 0 || went < from.length || came < into.length;
  }

  private existed(unit: string, day: string): boolean {
    const found = this.plan.units.find(({ code }) => code === unit);
    return found !== undefined && unitOn(found, day) !== undefined;
  }

  private below(unit: string, day: string): string[] {
    return this.plan.units.flatMap((each) => {
      const then = unitOn(each, day);
      return then?.parent === unit && then.level !== 'reference' ? each.code : [];
    });
  }

  /** Whether there was anything of it: a unit that was founded since, of no other, has nothing to add. */
  private hasPast(unit: string, then: string): boolean {
    return this.existed(unit, then) || this.changes.some((change) => 'into' in change && change.into.includes(unit));
  }
}
