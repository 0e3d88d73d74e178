import { enteredText, partsText, shownOf } from '../figures/reported.js';
import { figureProjection, figureKey, type FigureDocument } from '../figures/figure.projection.js';
import { figureStream, type FigureId, type Reported } from '../figures/figure.events.js';
import { standingWords } from '../figures/words.js';
import { currentDefinition, indicatorProjection, type IndicatorDocument } from '../indicators/indicator.projection.js';
import type { Catalogue } from '../kernel/catalogue.js';
import { notFound } from '../kernel/errors.js';
import { limits, type ChainLink, type EventLog, type LogKeeping } from '../kernel/event-log.js';
import { comparePositions, type Position } from '../kernel/position.js';
import type { Actor, Evidence, RecordedEvent } from '../kernel/event.js';
import type { JsonObject } from '../kernel/json.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import { wayOut } from '../plans/lookup.js';
import { moneyUnit } from '../plans/money.js';
import { planProjection } from '../plans/plan.projection.js';
import { PolicyReportWithdrawn } from '../policies/policy.events.js';
import { ProjectReportWithdrawn } from '../projects/project.events.js';
import { TaskReportWithdrawn } from '../tasks/task.events.js';
import { PlanReader } from '../overview/plan-reader.js';
import { amendedText, amendmentOf, type Amendment } from './amendments.js';
import { auditKeys, auditProjection } from './audit.projection.js';
import { searchTrail, type PageOptions, type TrailQuery } from './trail-search.js';
import { figureNumbers, numbersIn, type TrailNumbers } from './trail-numbers.js';

/** One entry of the audit trail: actor, action, subject, times, old and new value, reason and evidence of an event. */
export interface TrailEntry {
  readonly position: string;
  readonly eventId: string;
  readonly type: string;
  /** Chinese label of the event type. */
  readonly label: string;
  readonly stream: string;
  readonly revision: number;
  readonly category: string;
  /**
   * Indicator code, unit and period of an event about a figure, indicator or target; otherwise the id of a project,
   * policy, task, promise, finding or evaluation.
   */
  readonly subject: { readonly code?: string; readonly unit?: string; readonly period?: string; readonly id?: string };
  readonly from?: string;
  readonly to?: string;
  /** The numbers in `from` and `to`. */
  readonly numbers?: TrailNumbers;
  readonly knownAt: string;
  readonly recordedAt: string;
  /** 补录: the known time is earlier than the recorded time. */
  readonly backfilled: boolean;
  readonly actor: Actor;
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
  readonly commandId: string;
  readonly demo: boolean;
  readonly data: JsonObject;
}

export interface TrailPage {
  readonly entries: readonly TrailEntry[];
  /** Pass as `cursor` to get the next page; absent on the last page. */
  readonly next?: string;
}

/** Events that withdraw an earlier report of their stream. */
const withdrawals: ReadonlySet<string> = new Set(
  [ProjectReportWithdrawn, PolicyReportWithdrawn, TaskReportWithdrawn].map(({ name }) => name),
);
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
  constructor(
    private readonly log: EventLog,
    private readonly views: Views,
    readonly catalogue: Catalogue,
    private readonly keeping?: LogKeeping,
  ) {}

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
    for (const { event, before } of inOrder.slice(0, part.limit)) entries.push(await this.entry(event, before));
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
      if (event) entries.push(await this.entry(event));
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
      entry: await this.entry(event, previous),
      schemaVersion: metadata.schemaVersion,
      correlationId: metadata.correlationId,
      ...(metadata.causationId !== undefined && { causationId: metadata.causationId }),
      ...(chain && { chain }),
      ...(previous && { previous: this.neighbour(previous) }),
      ...(next && { next: this.neighbour(next) }),
    };
  }

  private neighbour({ position, revision, type, knownAt, recordedAt }: RecordedEvent): EventNeighbour {
    return { position, revision, label: this.labelOf(type), knownAt, recordedAt };
  }

  private labelOf(type: string): string {
    return this.catalogue.types.find(({ name }) => name === type)?.label ?? type;
  }

  /** `before` is the previous event of the stream; it is read from the log if it is omitted. */
  private async entry(event: RecordedEvent, before?: RecordedEvent): Promise<TrailEntry> {
    const { category, plan, parts } = parseStreamName(event.stream);
    const { actor, reason, evidence, commandId, demo = false } = event.metadata;
    return {
      position: event.position,
      eventId: event.id,
      type: event.type,
      label: this.labelOf(event.type),
      stream: event.stream,
      revision: event.revision,
      category,
      subject: subjectOf(category, parts, event.data),
      ...(category === 'figure'
        ? await this.figureChange(plan, parts, event, before)
        : await this.otherChange(plan, parts, event, before)),
      knownAt: event.knownAt,
      recordedAt: event.recordedAt,
      backfilled: event.metadata.knownAt !== undefined,
      actor,
      ...(reason !== undefined && { reason }),
      ...(evidence !== undefined && { evidence }),
      commandId,
      demo,
      data: event.data,
    };
  }

  /** The figure's text before and after the event. */
  private async figureChange(
    plan: string,
    [code = '', unit = '', period = '']: readonly string[],
    event: RecordedEvent,
    before?: RecordedEvent,
  ) {
    const key = figureKey({ plan, code, unit, period });
    const indicator = (await this.views.get(indicatorProjection, `${plan}/${code}`))?.body;
    // Known time and position never decrease along a stream. With both bounds, the lookup in the view is one index
    // search.
    const after = async ({ knownAt, position }: RecordedEvent) =>
      (await this.views.get(figureProjection, key, { knownAt, position }))?.body;
    const previous = before ?? (await this.previous(event));
    const [from, to] = [previous && (await after(previous)), await after(event)];
    return {
      ...{ from: figureText(from, indicator), to: figureText(to, indicator) },
      ...some(figureNumbers(from?.latest?.reported, to?.latest?.reported, indicator)),
    };
  }

  private async previous({ stream, revision }: RecordedEvent): Promise<RecordedEvent | undefined> {
    if (revision === 0) return undefined;
    return (await this.log.readStream(stream, { from: revision - 1, limit: 1 }))[0];
  }

  /** The unit of measure of a target, or of an amount of money. */
  private async unitOf(plan: string, code: string, type: string): Promise<string | undefined> {
    if (type.startsWith('Investment')) return moneyUnit((await this.views.get(planProjection, plan))?.body ?? {});
    if (!type.startsWith('Target')) return undefined;
    const indicator = (await this.views.get(indicatorProjection, `${plan}/${code}`))?.body;
    return indicator && currentDefinition(indicator).definition.unitOfMeasure;
  }

  private async otherChange(plan: string, parts: readonly string[], event: RecordedEvent, before?: RecordedEvent) {
    const [code = ''] = parts;
    const amendment = amendmentOf(event.type);
    if (amendment) return this.amendedChange(amendment, code ? `${plan}/${code}` : plan, event, before);
    if (withdrawals.has(event.type)) return this.withdrawnReport(plan, event);
    const unit = await this.unitOf(plan, code, event.type);
    return { ...changeText(event, unit), ...some(numbersIn(event.type, event.data, unit)) };
  }

  /** What a withdrawal took back: the action and the words of the withdrawn event. */
  private async withdrawnReport(plan: string, { stream, data }: RecordedEvent) {
    const { revision } = data as (typeof ProjectReportWithdrawn)['example'];
    const [withdrawn] = await this.log.readStream(stream, { from: revision, limit: 1 });
    const label = this.catalogue.types.find(({ name }) => name === withdrawn!.type)!.label;
    const { to } = changeText(withdrawn!, await this.unitOf(plan, '', withdrawn!.type));
    return { from: [label, to].filter(Boolean).join(' ') };
  }

  /** The fields that an amendment changed; its name only, if the views are behind. */
  private async amendedChange(amendment: Amendment, key: string, event: RecordedEvent, before?: RecordedEvent) {
    const previous = before ?? (await this.previous(event));
    const { knownAt, position } = previous ?? event;
    const document = await this.views.get(amendment.projection, key, { knownAt, position });
    return (document && amendedText(amendment, document.body as JsonObject, event.data)) ?? changeText(event);
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

const some = (numbers: TrailNumbers) => (Object.keys(numbers).length > 0 ? { numbers } : {});

/** For example `55.2（2161 ÷ 3891） · 已审核`, or `48（性别：女 20、男 28） · 已审核`. */
function figureText(figure: FigureDocument | undefined, indicator: IndicatorDocument | undefined): string | undefined {
  if (!figure) return undefined;
  const word = standingWords[figure.standing];
  if (!figure.latest) return word;
  return `${reportedText(figure.latest.reported, indicator)} · ${word}`;
}

function reportedText(reported: Reported, indicator: IndicatorDocument | undefined): string {
  const definition = indicator && currentDefinition(indicator).definition;
  const scale = definition?.measurement.type === 'ratio' ? definition.measurement.scale : '1';
  const details = ['numerator' in reported && enteredText(reported), partsText(reported, definition?.breakdowns)];
  const told = details.filter(Boolean).join('；');
  return `${shownOf(reported, scale, indicator?.decimals ?? 4)}${told === '' ? '' : `（${told}）`}`;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What an event is about, by its stream and, where that does not say it, by its data. */
export function subjectOf(category: string, parts: readonly string[], data: JsonObject): TrailEntry['subject'] {
  const [code, unit, period] = parts;
  switch (category) {
    case 'figure':
      return { code, unit, period };
    case 'indicator':
      return { code, unit: textOf(data.unit), period: textOf(data.period) };
    case 'plan':
      // An area or a unit; what concerns the whole plan has no code.
      return typeof data.code === 'string' ? { id: data.code } : {};
    default:
      return { id: code };
  }
}

/** Text of an event that is not about a figure: the name it contains, or the reported values with their day. */
function changeText({ type, data }: RecordedEvent, unit = ''): Pick<TrailEntry, 'from' | 'to'> {
  const textAt = (...keys: readonly string[]) =>
    keys.map((key) => textOf(data[key])).find((word) => word !== undefined);
  const name = textAt('title', 'name', 'statement');
  if (name !== undefined) return { to: name };
  const money = type === 'InvestmentCorrected' ? ` ${unit}` : '';
  const [from, to, on] = [textAt('from'), textAt('to', 'value'), textAt('on')];
  const words = [
    textAt('percent') && `${textAt('percent')}%`,
    textAt('amount') && `${textAt('amount')} ${unit}`,
    to && `${to}${money}`,
    textAt('documentNumber'),
    textAt('text'),
  ].filter((word) => word !== undefined);
  const whole = [...words, ...(on === undefined ? [] : [words.length > 0 ? `（${on}）` : on])].join(' ');
  return { ...(from !== undefined && { from: `${from}${money}` }), ...(whole !== '' && { to: whole }) };
}
