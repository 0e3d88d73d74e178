import type { Oddity } from '../quality/mark.js';
import { changeText, type Change, type Observed, type Watched } from './observed.js';
import { outliers, type Outlier } from './statistics.js';

/** So many changes of a unit, and so many units, a change is compared with at least, itself included. */
export const fewestChanges = 5;
export const fewestUnits = 6;

/** A mark on the later value of a change. */
export interface ChangeMark extends Oddity {
  readonly change: Change;
}

/** Changes of one unit that are out of proportion to all of its own, over the periods. */
export const jumps = (changes: readonly Change[], watched: Watched): ChangeMark[] =>
  outliers(changes, ({ by }) => by, fewestChanges).map((outlier) =>
    markOf(outlier, watched, `本单位 ${changes.length} 次逐期变动`, changes.length),
  );

/** Changes of one period that are out of proportion to those of all units that are compared, one change of each. */
export const outOfLine = (changes: readonly Change[], watched: Watched): ChangeMark[] =>
  outliers(changes, ({ by }) => by, fewestUnits).map((outlier) =>
    markOf(outlier, watched, `同期同级 ${changes.length} 个单位变动`, changes.length),
  );

function markOf({ item, z, median }: Outlier<Change>, watched: Watched, among: string, count: number): ChangeMark {
  const { before, now, by } = item;
  const places = Math.max(2, watched.decimals);
  const shownOf = ({ exact }: Observed) => exact.toDecimalPlaces(places).toFixed();
  const [value, previous] = [shownOf(now), shownOf(before)];
  const [change, middle] = [changeText(by, watched), changeText(median, watched)];
  const shown = z.toDecimalPlaces(1).toFixed();
  return {
    change: item,
    message: `${now.period.text} 由上期（${before.period.text}）的 ${previous} 变为 ${value}，变动 ${change}；${among}的中位数为 ${middle}，修正 z 值 ${shown}，超出 ±3.5`,
    numbers: { value, previous, change: by.toFixed(), median: median.toFixed(), z: shown, count: String(count) },
  };
}
