import type { AppraisalScore, LostPoints } from './appraise.js';

/** A deduction of a sheet, and of which item. */
export type Deduction = LostPoints & { readonly item: string };

/** What of a sheet would be different by what is known now. */
export interface SheetChange {
  readonly points: string;
  readonly weight: string;
  readonly total?: string;
  readonly rulesVersion: number;
  /** Deductions that the sheet does not have. */
  readonly added: readonly Deduction[];
  /** Deductions of the sheet that there would not be. */
  readonly gone: readonly Deduction[];
  /** Deductions that would take other points: as the sheet has them, and what they would take. */
  readonly changed: readonly (Deduction & { readonly now: string })[];
}

interface Versioned {
  readonly score: AppraisalScore;
  readonly rulesVersion: number;
}

/** Undefined where nothing would be different. */
export function sheetChange(sheet: Versioned, now: Versioned): SheetChange | undefined {
  const [before, after] = [deductionsOf(sheet.score), deductionsOf(now.score)];
  const { points, weight, total } = now.score;
  const change = {
    ...{ points, weight, ...(total !== undefined && { total }), rulesVersion: now.rulesVersion },
    added: [...after].filter(([id]) => !before.has(id)).map(([, each]) => each),
    gone: [...before].filter(([id]) => !after.has(id)).map(([, each]) => each),
    changed: [...before].flatMap(([id, each]) => {
      const { points: taken = each.points } = after.get(id) ?? {};
      return taken === each.points ? [] : [{ ...each, now: taken }];
    }),
  };
  const isSame =
    change.added.length + change.gone.length + change.changed.length === 0 &&
    points === sheet.score.points &&
    weight === sheet.score.weight;
  return isSame ? undefined : change;
}

const deductionsOf = ({ items }: AppraisalScore): ReadonlyMap<string, Deduction> =>
  new Map(
    items.flatMap(({ code, lost }) =>
      // A cap and a limit have no id, and an item has at most one of them.
      lost.map((each) => [each.id ?? `${code}/${each.text}`, { ...each, item: code }]),
    ),
  );
