import { LRUCache } from 'lru-cache';
import { subjectOf, type TrailEntry } from '../audit/trail-entry.js';
import type { UnitSight } from '../http/unit-sight.js';
import type { Catalogue } from '../kernel/catalogue.js';
import { EventLogUnavailable, type EventLog } from '../kernel/event-log.js';
import type { RecordedEvent } from '../kernel/event.js';
import { comparePositions, type Position } from '../kernel/position.js';
import type { ViewsFollower } from '../kernel/projector.js';
import { parseStreamName } from '../kernel/stream-name.js';

export const CHANGE_FEED = Symbol('ChangeFeed');

/** That a thing changed, not how: who wants to know reads it. */
export interface ChangeNotice {
  readonly position: string;
  /** The category of the event's stream: `figure`, `indicator`, `project`, `plan` … */
  readonly kind: string;
  /** The event's type, and its Chinese label. */
  readonly type: string;
  readonly label: string;
  /** Indicator, unit and period of a figure, a target or a definition; otherwise the id. */
  readonly subject: TrailEntry['subject'];
  readonly knownAt: string;
  readonly recordedAt: string;
}

/** What happened up to a position. */
export interface Changes {
  readonly notices: readonly ChangeNotice[];
  /** Everything up to here was looked at. */
  readonly until: Position;
}

/** Milliseconds for which the position of the views is held, so that many streams ask once. */
const heldFor = 200;
const readTogether = 500;

/** What changed in a plan, as far as the sender of the request sees it, and not before the views have it. */
export class ChangeFeed {
  private readonly pages = new LRUCache<string, Promise<RecordedEvent[]>>({ max: 8 });
  private held: { readonly at: number; readonly head: Promise<Position> } | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly follower: ViewsFollower,
    private readonly sight: UnitSight,
    private readonly catalogue: Catalogue,
  ) {}

  /** The position that all views have; `0` while they have nothing. Those that have stopped are not waited for. */
  head(): Promise<Position> {
    const now = performance.now();
    if (!this.held || now - this.held.at > heldFor) this.held = { at: now, head: this.readHead() };
    return this.held.head;
  }

  /** The next changes after a position; undefined if there is nothing after it yet, or the log is away. */
  async after(plan: string, after: Position): Promise<Changes | undefined> {
    const head = await this.head();
    if (comparePositions(head, after) <= 0) return undefined;
    const events = await this.between(after, head);
    if (!events || events.length === 0) return undefined;
    const notices: ChangeNotice[] = [];
    for (const event of events) {
      if (parseStreamName(event.stream).plan === plan && (await this.sight.seesChange(event))) {
        notices.push(this.noticeOf(event));
      }
    }
    return { notices, until: events.at(-1)!.position };
  }

  private async readHead(): Promise<Position> {
    const views = (await this.follower.status()).filter(({ stopped }) => !stopped);
    const [lowest = '0'] = views.map(({ checkpoint = '0' }) => checkpoint).sort(comparePositions);
    return lowest;
  }

  /** What lies between two positions never changes, and streams at the same place read it once. */
  private async between(after: Position, head: Position): Promise<RecordedEvent[] | undefined> {
    const key = `${after}/${head}`;
    let page = this.pages.get(key);
    if (!page) {
      page = this.log
        .readAll({ after, limit: readTogether })
        .then((events) => events.filter(({ position }) => comparePositions(position, head) <= 0));
      this.pages.set(key, page);
      page.catch(() => this.pages.delete(key));
    }
    try {
      return await page;
    } catch (error) {
      if (error instanceof EventLogUnavailable) return undefined;
      throw error;
    }
  }

  private noticeOf({ stream, type, position, data, knownAt, recordedAt }: RecordedEvent): ChangeNotice {
    const { category, parts } = parseStreamName(stream);
    const label = this.catalogue.types.find(({ name }) => name === type)?.label ?? type;
    return { position, kind: category, type, label, subject: subjectOf(category, parts, data), knownAt, recordedAt };
  }
}
