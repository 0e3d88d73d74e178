import { differencesOf } from '../evaluations/comparison.js';
import type { Between } from '../evaluations/between.js';
import { originsIn } from '../evaluations/origins.js';
import type { EventLog } from '../kernel/event-log.js';
import type { RecordedEvent } from '../kernel/event.js';
import { composeOverview, type Overview } from '../overview/overview.js';
import type { OverviewNow } from '../overview/overview-later.js';
import { flipsBetween, type Flip, type SupposedDifference } from './flips.js';
import { Overlay } from './overlay.js';
import { causeOf, changesIn } from './supposed-event.js';
import type { Supposing } from './supposed.js';
import type { ChangeMade, Suppositions } from './supposing.js';

/** What would be otherwise if the changes held. Nothing of it is recorded. */
export interface WhatIf {
  readonly period: string;
  readonly asOf?: OverviewNow['asOf'];
  readonly changes: readonly ChangeMade[];
  readonly differences: readonly SupposedDifference[];
  readonly flips: readonly Flip[];
  /** 示例数据 is in the state. */
  readonly demo: boolean;
}

/** The state as it is, and what is supposed of it. */
interface Asked {
  readonly overview: OverviewNow;
  readonly supposing: Supposing;
  readonly suppositions: Suppositions;
}

/** Composes the state once more under the changes, and compares the two. */
export async function whatIf({ overview, supposing, suppositions }: Asked, log: EventLog): Promise<WhatIf> {
  const { changes, events } = suppositions;
  const supposed = await composeSupposed(supposing, overview.period, events);
  const sides = [{ overview }, { overview: supposed }] as const;
  const found = await differencesOf(sides, betweenSupposed(events), await originsIn(log, overview.plan.plan));
  // What differs does so by the changes: where none is traced, it may be any of them.
  const all = changes.map((_, at) => at);
  const differences = found.map(({ because, ...difference }): SupposedDifference => {
    // A weight moves the index, and nothing else.
    const isWeighed = difference.aspect === 'index' || difference.aspect === 'indicator';
    const traced = changesIn(because).filter((at) => isWeighed || changes[at]!.kind !== 'weight');
    return { ...difference, changes: traced.length > 0 ? traced : all };
  });
  return {
    period: overview.period,
    ...(overview.asOf !== undefined && { asOf: overview.asOf }),
    ...{ changes, differences, flips: flipsBetween(overview, supposed, differences), demo: overview.demo },
  };
}

/** The state of the plan as if the events had been recorded. */
export const composeSupposed = (
  { views, plan, asOf, now }: Supposing,
  period: string,
  events: readonly RecordedEvent[],
): Promise<Overview> => composeOverview(new Overlay(views, events), plan.plan, period, asOf, now);

/** Supposed events lie between the two states; no others do, for both are of one moment. */
function betweenSupposed(events: readonly RecordedEvent[]): Between {
  const causes = events.map(causeOf);
  return (streams, concerns) => {
    const named = new Set(streams);
    return Promise.resolve(causes.filter((cause) => named.has(cause.stream) && concerns(cause)));
  };
}
