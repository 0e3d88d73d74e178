import type { Period } from '../kernel/period.js';
import { judgedUnits, type PlanDocument } from '../plans/plan.projection.js';
import { unitsIn } from '../plans/units-in-time.js';
import type { Composing } from './composing.js';
import { composeRow } from './indicator-row.js';
import type { RowOfWhole } from './programme/promises.js';

/** The rows of the units at the top of a period, by which promises are judged. */
export function rowsOfWhole(own: Composing, plan: PlanDocument, period: Period): RowOfWhole {
  const top = judgedUnits({ units: unitsIn(plan, period) }).filter(({ parent }) => parent === undefined);
  return (code, at) =>
    own.part(`row of the whole ${code} ${at.text}`, async (ofRow) => {
      const reader = await ofRow.reader();
      const indicator = reader.indicator(code);
      return indicator && composeRow(reader, indicator, top, at);
    });
}
