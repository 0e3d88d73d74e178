import { endInYears, parsePeriod, type Period } from '../../kernel/period.js';
import type { PromiseDocument } from '../../promises/promise.projection.js';
import { Decimal, text } from '../../assessment/decimals.js';
import { hasDemo, type Cell } from '../../assessment/cell.js';
import { lightOf, type Light, type Status } from '../../assessment/judgement.js';
import { isMeasured } from '../../assessment/measured.js';
import type { IndicatorRow } from '../indicator-row.js';
import { targetNumber } from '../../assessment/rule-targets.js';
import { given } from './projects.js';
import type { TaskNow } from './tasks.js';

/** Whether a promise is kept: for good once it is due, and on the way there before. */
export type PromiseState = 'kept' | 'not-kept' | 'on-track' | 'roughly' | 'behind' | 'no-data' | 'open';

/** A promise of the text as it stood: by the figure of the whole, or by the task that follows it. */
export interface PromiseNow extends Omit<PromiseDocument, 'plan'> {
  readonly state: PromiseState;
  readonly light: Light;
  /** The period of the figure it is judged by: the one asked for, or its own where that has passed. */
  readonly judgedPeriod?: string;
  readonly shown?: string;
  readonly exact?: string;
  /** What the indicator's target asks for then; of a rule, what it gives, and the rule. */
  readonly target?: string;
  readonly rule?: string;
  /** What the target was at first, where it was revised since: the promise is held against the target that holds now. */
  readonly revisedFrom?: string;
  readonly status?: Status;
}

export interface PromisesNow {
  readonly list: readonly PromiseNow[];
  readonly counts: Readonly<Record<PromiseState, number>>;
}

const states: readonly PromiseState[] = ['kept', 'not-kept', 'on-track', 'roughly', 'behind', 'no-data', 'open'];

/** The row of an indicator in a period, with one cell: that of the whole. */
export type RowOfWhole = (indicator: string, period: Period) => Promise<IndicatorRow | undefined>;

export async function promisesNow(
  documents: readonly PromiseDocument[],
  { rowOf, period, tasks }: { rowOf: RowOfWhole; period: Period; tasks: readonly TaskNow[] },
): Promise<PromisesNow> {
  const list = await Promise.all(
    documents.map(async ({ plan: _, ...promise }): Promise<PromiseNow> => {
      if (promise.indicator === undefined) return byTask(promise, tasks);
      const due = promise.period === undefined ? undefined : parsePeriod(promise.period);
      const at = due && endInYears(due) < endInYears(period) ? due : period;
      const row = await rowOf(promise.indicator, at);
      const cell = row?.cells[0];
      return row && cell ? byFigure(promise, due, row, cell) : { ...promise, state: 'no-data', light: 'grey' };
    }),
  );
  const count = (state: PromiseState) => list.filter((promise) => promise.state === state).length;
  return { list, counts: Object.fromEntries(states.map((state) => [state, count(state)])) as PromisesNow['counts'] };
}

type Promised = Omit<PromiseDocument, 'plan'>;

function byTask(promise: Promised, tasks: readonly TaskNow[]): PromiseNow {
  const task = tasks.find(({ id }) => id === promise.task);
  const state = task?.standing === 'completed' ? 'kept' : task?.overdue ? 'not-kept' : 'open';
  const light = state === 'kept' ? 'green' : state === 'not-kept' ? 'red' : 'grey';
  return { ...promise, state, light, demo: promise.demo || (task?.demo ?? false) };
}

function byFigure(promise: Promised, due: Period | undefined, row: IndicatorRow, cell: Cell): PromiseNow {
  const { targets, assessment } = cell;
  // What the text promises without a year is the end of the way; a bound holds from the start.
  const asked = due ? targets.find((target) => target.period === due.text) : targets.at(-1);
  const target = asked && targetNumber(asked);
  const bound = assessment.treatedAs === 'hold';
  const held = heldAgainst(row, cell);
  const judged = assessment.status !== 'incomparable' && assessment.status !== 'not-applicable';
  const reached = held && judged && target !== undefined ? meets(row.direction, held.exact, target) : undefined;
  const dueBy = due ?? (asked && parsePeriod(asked.period));
  const isDue = bound || (dueBy !== undefined && endInYears(dueBy) <= endInYears(parsePeriod(row.period)));
  const state = stateOf(assessment.light, reached, isDue);
  return {
    ...promise,
    state,
    light: state === 'kept' ? 'green' : state === 'not-kept' ? 'red' : lightOf(assessment.status),
    judgedPeriod: row.period,
    ...held,
    ...given({ target: asked?.rule?.shown ?? target, rule: asked?.rule && asked.value, revisedFrom: asked?.original }),
    status: assessment.status,
    demo: promise.demo || hasDemo(cell),
  };
}

/** What a target is about: of a cumulative indicator the total so far, of a growth its rate, of others the value. */
function heldAgainst(row: IndicatorRow, { value, cumulativeSum, assessment }: Cell) {
  if (!isMeasured(value)) return undefined;
  if (row.kind !== 'cumulative' && row.kind !== 'growth') return { shown: value.shown, exact: value.exact };
  const exact = row.kind === 'cumulative' ? cumulativeSum : assessment.observedRate;
  if (exact === undefined) return undefined;
  const decimals = row.kind === 'cumulative' ? row.decimals : 1;
  return { shown: text(new Decimal(exact).toDecimalPlaces(decimals)), exact };
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

const meets = (direction: 'higher' | 'lower', value: string, target: string): boolean =>
  direction === 'higher' ? new Decimal(value).gte(target) : new Decimal(value).lte(target);
