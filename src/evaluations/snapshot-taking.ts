import { DomainError, invalid } from '../kernel/errors.js';
import { timeNow, type EventLog } from '../kernel/event-log.js';
import type { FileStore } from '../kernel/file-store.js';
import type { ViewsFollower } from '../kernel/projector.js';
import { parseKnownTime, type Clock } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import type { TakeFacts } from './evaluation.slice.js';
import { freeze, store } from './snapshot.js';

/** Freezes and stores a snapshot's content before the decision that records it. */
export class SnapshotTaking {
  constructor(
    private readonly engine: {
      readonly log: EventLog;
      readonly views: Views;
      readonly files: FileStore;
      readonly projector: ViewsFollower;
      readonly clock: Clock;
    },
  ) {}

  readonly takeFacts: TakeFacts = async ({ plan, asOf: text }, { opened }, timeZone) => {
    if (!opened) throw new Error('takeFacts is asked of an opened evaluation');
    const { log, views, files, projector, clock } = this.engine;
    const now = await timeNow(log, clock);
    const asOf = text === undefined ? now : parseKnownTime(text, timeZone);
    if (asOf > now) throw invalid('snapshot.future', '快照的截至时间不能在未来：今日请不填', 'asOf');
    const last = (await log.lastEvent())!;
    const { position } = last;
    if (!(await projector.reached(position, 10_000))) {
      throw new DomainError('unavailable', 'views.behind', '视图尚未跟上日志：请稍后再试');
    }
    const { kind, title, period } = opened;
    return store(files, await freeze(views, { plan, kind, title, period, asOf, position }), last);
  };
}
