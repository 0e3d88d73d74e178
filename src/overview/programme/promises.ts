import { endInYears, parsePeriod, type Period } from '../../kernel/period.js';
import { keeps, targetValue } from '../../kernel/target-value.js';
import type { PromiseDocument } from '../../promises/promise.projection.js';
import { Decimal, shownWith, withoutZeros } from '../../assessment/decimals.js';
import { hasDemo, type Cell } from '../../assessment/cell.js';
import { lightOf, type Light, type Status } from '../../assessment/judgement.js';
import { isMeasured } from '../../assessment/measured.js';
import type { Method } from '../../assessment/method.js';
import type { Composing } from '../composing.js';
import type { IndicatorRow } from '../indicator-row.js';
import { askedValue } from '../../assessment/rule-targets.js';
import { given } from './projects.js';
import type { TaskNow } from './tasks.js';

/**
 * `kept`, `not-kept`: final once the promise is due. `on-track`, `roughly`, `behind`: not due. `open`: its task is not
 * due. `no-data`: nothing to judge by, also where its task was dropped. `withdrawn`: not judged.
 */
export type PromiseState = 'kept' | 'not-kept' | 'on-track' | 'roughly' | 'behind' | 'no-data' | 'open' | 'withdrawn';

/** A promise of the text as of a day, judged by the top unit's figure of its indicator or by its task. */
export interface PromiseNow extends Omit<PromiseDocument, 'plan' | 'withdrawn'> {
  readonly state: PromiseState;
  readonly light: Light;
  /** The period of the figure: the requested one, or the promise's own period if that is earlier. */
  readonly judgedPeriod?: string;
  readonly shown?: string;
  readonly exact?: string;
  /**
   * The indicator's target for the promise's period. For a rule target, `target` is its computed value and `rule` its
   * text.
   */
  readonly target?: string;
  readonly rule?: string;
  /** The original target, if it was revised. The promise is compared with the current target. */
  readonly revisedFrom?: string;
  readonly status?: Status;
  /** Reason of a withdrawal. */
  readonly because?: string;
}

export interface PromisesNow {
  readonly list: readonly PromiseNow[];
  /** `withdrawn` is absent if no promise was withdrawn. */
  readonly counts: Readonly<Record<JudgedState, number>> & { readonly withdrawn?: number };
}

type JudgedState = Exclude<PromiseState, 'withdrawn'>;
const states: readonly JudgedState[] = ['kept', 'not-kept', 'on-track', 'roughly', 'behind', 'no-data', 'open'];

/** Composes the row of an indicator in a period with one cell, that of the top unit. */
export type RowOfWhole = (indicator: string, period: Period) => Promise<IndicatorRow | undefined>;

interface PromiseQuestion {
  readonly own: Pick<Composing, 'given'>;
  readonly rowOf: RowOfWhole;
  readonly period: Period;
  readonly tasks: readonly TaskNow[];
  readonly method: Pick<Method, 'decimals'>;
}

export async function promisesNow(
  documents: readonly PromiseDocument[],
  { own, rowOf, period, tasks, method }: PromiseQuestion,
): Promise<PromisesNow> {
  const list = await Promise.all(
    documents.map(async (document): Promise<PromiseNow> => {
      const { id, indicator } = document;
      const due = document.period === undefined ? undefined : parsePeriod(document.period);
      const at = due && endInYears(due) < endInYears(period) ? due : period;
      const isByFigure = indicator !== undefined && !document.withdrawn;
      const row = isByFigure ? await rowOf(indicator, at) : undefined;
      const task = tasks.find((each) => each.id === document.task);
      return own.given(`promise ${id}`, [document, row, task], () => promiseNow(document, { due, row, task, method }));
    }),
  );
  const count = (state: PromiseState) => list.filter((promise) => promise.state === state).length;
  const counts = Object.fromEntries(states.map((state) => [state, count(state)])) as Record<JudgedState, number>;
  const withdrawn = count('withdrawn');
  return { list, counts: { ...counts, ...(withdrawn > 0 && { withdrawn }) } };
}

type Promised = Omit<PromiseDocument, 'plan' | 'withdrawn'>;

interface Judging {
  readonly due: Period | undefined;
  readonly row: IndicatorRow | undefined;
  readonly task: TaskNow | undefined;
  readonly method: Pick<Method, 'decimals'>;
}

function promiseNow({ plan: _, withdrawn, ...promise }: PromiseDocument, judging: Judging): PromiseNow {
  const { due, row, task, method } = judging;
  if (withdrawn) return { ...promise, state: 'withdrawn', light: 'grey', ...given({ because: withdrawn.reason }) };
  if (promise.indicator === undefined) return byTask(promise, task);
  const cell = row?.cells[0];
  return row && cell ? byFigure(promise, due, { row, cell, method }) : { ...promise, state: 'no-data', light: 'grey' };
}

interface Judged {
  readonly row: IndicatorRow;
  readonly cell: Cell;
  readonly method: Pick<Method, 'decimals'>;
}

function byTask(promise: Promised, task: TaskNow | undefined): PromiseNow {
  const state = stateByTask(task);
  const light = state === 'kept' ? 'green' : state === 'not-kept' ? 'red' : 'grey';
  return { ...promise, state, light, demo: promise.demo || (task?.demo ?? false) };
}

function stateByTask(task: TaskNow | undefined): PromiseState {
  if (task?.standing === 'completed') return 'kept';
  if (task?.standing === 'dropped') return 'no-data';
  return task?.overdue ? 'not-kept' : 'open';
}

function byFigure(promise: Promised, due: Period | undefined, { row, cell, method }: Judged): PromiseNow {
  const { targets, assessment } = cell;
  // An undated promise is compared with the final target. A bound must be kept from the start, so it is always due.
  const dueTarget = due ? targets.find((target) => target.period === due.text) : targets.at(-1);
  const target = dueTarget && askedValue(dueTarget);
  const bound = assessment.treatedAs === 'hold';
  const held = heldAgainst({ row, cell, method });
  const judged =
    assessment.status !== 'incomparable' && assessment.status !== 'not-applicable' && dueTarget?.comparable !== false;
  const reached =
    held && judged && target !== undefined
      ? keeps(row.direction, new Decimal(held.exact), targetValue(target))
      : undefined;
  const dueBy = due ?? (dueTarget && parsePeriod(dueTarget.period));
  const isDue = bound || (dueBy !== undefined && endInYears(dueBy) <= endInYears(parsePeriod(row.period)));
  const state = stateOf(assessment.light, reached, isDue);
  return {
    ...promise,
    state,
    light: state === 'kept' ? 'green' : state === 'not-kept' ? 'red' : lightOf(assessment.status),
    judgedPeriod: row.period,
    ...held,
    ...given({
      target: dueTarget?.rule?.shown ?? target,
      rule: dueTarget?.rule && dueTarget.value,
      revisedFrom: dueTarget?.original,
    }),
    status: assessment.status,
    demo: promise.demo || hasDemo(cell),
  };
}

/**
 * The number that is compared with the target: the sum of a cumulative indicator, the rate of growth, otherwise the
 * value.
 */
function heldAgainst({ row, cell: { value, cumulativeSum, assessment }, method }: Judged) {
  if (!isMeasured(value)) return undefined;
  if (row.kind !== 'cumulative' && row.kind !== 'growth') return { shown: value.shown, exact: value.exact };
  const exact = row.kind === 'cumulative' ? cumulativeSum : assessment.observedRate;
  if (exact === undefined) return undefined;
  const decimals = row.kind === 'cumulative' ? row.decimals : 1;
  const shown = shownWith(decimals, new Decimal(exact));
  return { shown: method.decimals === 'shortest' ? withoutZeros(shown) : shown, exact };
}

function stateOf(light: Light, reached: boolean | undefined, due: boolean): PromiseState {
  if (reached === undefined) return 'no-data';
  if (reached) return 'kept';
  if (due) return 'not-kept';
  switch (light) {
    case 'green':
      return 'on-track';
    case 'yellow':
      return 'roughly';
    case 'red':
      return 'behind';
    case 'grey':
      return 'no-data';
  }
}
