import { figureStream, type FigureId } from '../figures/figure.events.js';
import type { Catalogue } from '../kernel/catalogue.js';
import { notFound } from '../kernel/errors.js';
import type { RecordedEvent } from '../kernel/event.js';
import { limits, type ChainLink, type EventLog, type LogKeeping } from '../kernel/event-log.js';
import { comparePositions, type Position } from '../kernel/position.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { PlanReader } from '../overview/plan-reader.js';
import { wayOut } from '../plans/lookup.js';
import { auditKeys, auditProjection } from './audit.projection.js';
import { TrailEntries, type TrailEntry } from './trail-entry.js';
import { searchTrail, type PageOptions, type TrailQuery } from './trail-search.js';

export interface TrailPage {
  readonly entries: readonly TrailEntry[];
  /** Pass as `cursor` to get the next page; absent on the last page. */
  readonly next?: string;
}

/** So many entries of the index are counted for one answer. */
const countedTogether = 50_000;

export interface TrailCount {
  /** The entries that fit and were counted. */
  readonly entries: number;
  /** There may be more: pass as `cursor` to count on. Absent once all are counted. */
  readonly next?: string;
}

/** Another event of the same stream. */
export interface EventNeighbour {
  readonly position: string;
  readonly revision: number;
  readonly label: string;
  readonly knownAt: string;
  readonly recordedAt: string;
}

/** One event whole, with its place in the log. */
export interface EventRecord {
  readonly entry: TrailEntry;
  /** The version of its type in which it is read; it may have been written in an earlier one. */
  readonly schemaVersion: number;
  readonly correlationId: string;
  readonly causationId?: string;
  /** Its hash and the one before it; absent where the log is not kept on a disk of the server. */
  readonly chain?: ChainLink;
  /** The events before and after it in its stream. */
  readonly previous?: EventNeighbour;
  readonly next?: EventNeighbour;
}

export const TRAIL = Symbol('Trail');

/** Reads the audit trail. Events are read from the log; the views only locate them. */
export class Trail {
  private readonly entries: TrailEntries;

  constructor(
    private readonly log: EventLog,
    private readonly views: Views,
    readonly catalogue: Catalogue,
    private readonly keeping?: LogKeeping,
  ) {
    this.entries = new TrailEntries(log, views, catalogue);
  }

  /**
   * The entries of a figure, in log order. For a computed figure: the entries of the figures from which its value was
   * computed at that moment, of units that are seen. The subject of an entry names its figure.
   */
  async ofFigure(
    { plan, ...figure }: FigureId,
    asOf?: AsOf,
    part?: TrailPart,
    seesUnit: (unit: string) => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<TrailEntry[]> {
    const reader = await PlanReader.open(this.views, plan, asOf);
    const behind = await reader.figuresBehind(figure);
    const streams: string[] = [];
    for (const each of behind) if (await seesUnit(each.unit)) streams.push(figureStream({ plan, ...each }));
    return this.ofStreams(streams, asOf, part);
  }

  /** The entries of these streams, in log order; `part` limits them. */
  async ofStreams(streams: readonly string[], asOf: AsOf = {}, part: TrailPart = {}): Promise<TrailEntry[]> {
    const found = await Promise.all(streams.map((stream) => this.eventsOf(stream, asOf, part)));
    const inOrder = found.flat().sort((a, b) => comparePositions(a.event.position, b.event.position));
    const entries: TrailEntry[] = [];
    for (const { event, before } of inOrder.slice(0, part.limit)) entries.push(await this.entries.of(event, before));
    return entries;
  }

  /** The events of a stream, each with the one before it where that was read, too. */
  private async eventsOf(stream: string, asOf: AsOf, { after, limit = Infinity }: TrailPart): Promise<Followed[]> {
    const found: Followed[] = [];
    for (let from = after === undefined ? 0 : await this.firstAfter(stream, after); ;) {
      const atOnce = Math.min(limit, limits.eventsPerRead);
      const events = await this.log.readStream(stream, { from, limit: atOnce });
      for (const [index, event] of events.entries()) {
        // Along a stream both times only grow: what comes after is not visible either.
        if (!isVisible(event, asOf)) return found;
        found.push({ event, before: events[index - 1] });
        if (found.length === limit) return found;
      }
      if (events.length < atOnce) return found;
      from += events.length;
    }
  }

  /** The revision of a stream's first event after a position, or of its next event; found by binary search. */
  private async firstAfter(stream: string, position: Position): Promise<number> {
    const isAfter = async (revision: number) => {
      const [event] = await this.log.readStream(stream, { from: revision, limit: 1 });
      return !event || comparePositions(event.position, position) > 0;
    };
    if (await isAfter(0)) return 0;
    let [before, after] = [0, 1];
    while (!(await isAfter(after))) [before, after] = [after, 2 * after];
    while (after - before > 1) {
      const middle = (before + after) >> 1;
      if (await isAfter(middle)) after = middle;
      else before = middle;
    }
    return after;
  }

  /** Whether the audit index has events of this actor under the plan. */
  async knows(plan: string, actor: string): Promise<boolean> {
    return (await this.views.list(auditProjection, auditKeys.byActor(plan, actor), { limit: 1 })).length > 0;
  }

  /** The event types of a name or a Chinese label. @throws {DomainError} `audit.unknown-action` */
  typesNamed(action: string): ReadonlySet<string> {
    const { types } = this.catalogue;
    const named = types.filter(({ name, label }) => name === action || label === action);
    if (named.length > 0) return new Set(named.map(({ name }) => name));
    const known = types.map(({ name, label }) => ({ code: name, name: label }));
    throw notFound('audit.unknown-action', `没有动作 ${action}：${wayOut(known, action)}`);
  }

  /** A page of the entries that fit a query; see `searchTrail`. */
  async page(plan: string, query: TrailQuery, options: PageOptions = {}): Promise<TrailPage> {
    const { pointers, next } = await searchTrail(this.views, plan, query, options);
    const entries: TrailEntry[] = [];
    for (const { stream, revision } of pointers) {
      const [event] = await this.log.readStream(stream, { from: revision, limit: 1 });
      if (event) entries.push(await this.entries.of(event));
      // Reading may need no I/O: others are served in between.
      if (entries.length % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    return { entries, ...(next !== undefined && { next }) };
  }

  /** How many entries fit a query, by the index alone: those after the cursor, up to where a page of the count ends. */
  async count(plan: string, query: TrailQuery, options: Pick<PageOptions, 'asOf' | 'cursor'>): Promise<TrailCount> {
    const { pointers, next } = await searchTrail(this.views, plan, query, {
      ...options,
      limit: countedTogether,
      scan: countedTogether,
    });
    return { entries: pointers.length, ...(next !== undefined && { next }) };
  }

  /** All who did something under the plan, by their ids; each with the name in an event, which may be the id. */
  async actors(plan: string): Promise<{ readonly id: string; readonly name: string }[]> {
    const prefix = auditKeys.byActor(plan, '').slice(0, -1);
    const actors: { id: string; name: string }[] = [];
    for (let after: string | undefined; ;) {
      const [first] = await this.views.list(auditProjection, prefix, { limit: 1, after });
      if (!first) return actors;
      const { actor, stream, revision } = first.body;
      const [event] = await this.log.readStream(stream, { from: revision, limit: 1 });
      actors.push({ id: actor, name: event?.metadata.actor.name ?? actor });
      // A digit begins what follows the slash: the next key beyond all of this person's.
      after = `${auditKeys.byActor(plan, actor)}~`;
    }
  }

  /** One event whole. @throws {DomainError} `audit.unknown-event` */
  async record(plan: string, position: Position): Promise<EventRecord> {
    const event = await this.log.eventAt(position);
    if (!event || parseStreamName(event.stream).plan !== plan) {
      throw notFound(
        'audit.unknown-event',
        `规划 ${plan} 没有系统记录序号为 ${position} 的记录：请核对序号`,
        'position',
      );
    }
    const { stream, revision, metadata } = event;
    const [around, chain] = await Promise.all([
      this.log.readStream(stream, { from: Math.max(0, revision - 1), limit: 3 }),
      this.keeping?.link(position),
    ]);
    const beside = (at: number) => around.find((each) => each.revision === revision + at);
    const [previous, next] = [beside(-1), beside(1)];
    return {
      entry: await this.entries.of(event, previous),
      schemaVersion: metadata.schemaVersion,
      correlationId: metadata.correlationId,
      ...(metadata.causationId !== undefined && { causationId: metadata.causationId }),
      ...(chain && { chain }),
      ...(previous && { previous: this.neighbour(previous) }),
      ...(next && { next: this.neighbour(next) }),
    };
  }

  private neighbour({ position, revision, type, knownAt, recordedAt }: RecordedEvent): EventNeighbour {
    return { position, revision, label: this.entries.labelOf(type), knownAt, recordedAt };
  }
}

interface Followed {
  readonly event: RecordedEvent;
  readonly before: RecordedEvent | undefined;
}

/** At most `limit` entries, after position `after`. */
interface TrailPart {
  readonly after?: Position;
  readonly limit?: number;
}

export function isVisible(event: RecordedEvent, { knownAt, position }: AsOf): boolean {
  return (
    (knownAt === undefined || event.knownAt <= knownAt) &&
    (position === undefined || comparePositions(event.position, position) <= 0)
  );
}
