import type { FigureAt } from '../assessment/figures-behind.js';
import { figureStream } from '../figures/figure.events.js';
import { figureKey, figureProjection, inUse } from '../figures/figure.projection.js';
import { indicatorStream } from '../indicators/indicator.events.js';
import type { RecordedEvent } from '../kernel/event.js';
import { limits, type EventLog } from '../kernel/event-log.js';
import { parsePeriod } from '../kernel/period.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { PlanReader } from '../overview/plan-reader.js';

/** An event, and where it stands in the log. */
export interface EventPlace {
  readonly eventId: string;
  readonly position: string;
}

/** The entered events on which a number rests: the first of them, and how many there are. */
export interface Basis {
  readonly events: readonly EventPlace[];
  readonly eventsInAll: number;
}

/** So many events of a number are named. */
export const mostEvents = 12;

export const placeOf = ({ id, position }: RecordedEvent): EventPlace => ({ eventId: id, position });

/** The basis of what rests on two numbers. */
export const together = (one: Basis, other: Basis): Basis => ({
  events: [...one.events, ...other.events].slice(0, mostEvents),
  eventsInAll: one.eventsInAll + other.eventsInAll,
});

/** Finds the events behind the numbers of a plan, as far as who asks sees the documents that they made. */
export class Origins {
  private readonly streams = new Map<string, Promise<readonly RecordedEvent[]>>();

  constructor(
    private readonly log: EventLog,
    private readonly views: Views,
    private readonly reader: PlanReader,
    private readonly asOf: AsOf,
  ) {}

  /** Those that entered the values in use of which a value is made. */
  async ofFigure(figure: FigureAt): Promise<Basis> {
    const entered: Named[] = [];
    for (const { code, unit, period } of await this.reader.figuresBehind(figure)) {
      const found = await this.reader.reported({ code, period: parsePeriod(period) });
      const eventId = inUse(found.find((each) => each.unit === unit))?.eventId;
      const stream = figureStream({ plan: this.plan, code, unit, period });
      if (eventId !== undefined) entered.push({ stream, eventId });
    }
    return this.basisOf(entered);
  }

  /** Those that set targets of an indicator. */
  ofTargets(code: string, targets: readonly { readonly eventId: string }[]): Promise<Basis> {
    const stream = indicatorStream(this.plan, code);
    return this.basisOf(targets.map(({ eventId }) => ({ stream, eventId })));
  }

  /** Those that entered, or ended, a value at each known time at which the figures behind it changed. */
  async ofChanges(figure: FigureAt): Promise<(knownAt: string) => Promise<Basis>> {
    const brought = new Map<string, Named[]>();
    for (const { code, unit, period } of await this.reader.figuresBehind(figure)) {
      const id = { plan: this.plan, code, unit, period };
      let before: string | undefined;
      for (const { knownAt, position, body } of await this.views.history(figureProjection, figureKey(id), this.asOf)) {
        const eventId = inUse(body)?.eventId;
        const named = { stream: figureStream(id), ...(eventId === undefined ? { position } : { eventId }) };
        if (eventId !== before) brought.set(knownAt, [...(brought.get(knownAt) ?? []), named]);
        before = eventId;
      }
    }
    return (knownAt) => this.basisOf(brought.get(knownAt) ?? []);
  }

  private async basisOf(named: readonly Named[]): Promise<Basis> {
    const events = await Promise.all(
      named.slice(0, mostEvents).map(async ({ stream, eventId, position: at }) => {
        const found = await this.eventsOf(stream);
        const event = found.find(({ id, position }) => (eventId === undefined ? position === at : id === eventId));
        return event ? [placeOf(event)] : [];
      }),
    );
    return { events: events.flat(), eventsInAll: named.length };
  }

  private eventsOf(stream: string): Promise<readonly RecordedEvent[]> {
    const reading = this.streams.get(stream) ?? wholeStream(this.log, stream);
    this.streams.set(stream, reading);
    return reading;
  }

  private get plan(): string {
    return this.reader.plan.plan;
  }
}

/** An event of a stream, by its id or its position. */
interface Named {
  readonly stream: string;
  readonly eventId?: string;
  readonly position?: string;
}

export async function wholeStream(log: EventLog, stream: string): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await log.readStream(stream, { from: events.length, limit: limits.eventsPerRead });
    events.push(...page);
    if (page.length < limits.eventsPerRead) return events;
  }
}
