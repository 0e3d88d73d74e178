import { timeNow, type EventLog } from '../kernel/event-log.js';
import type { FileStore } from '../kernel/file-store.js';
import { parsePeriod } from '../kernel/period.js';
import { untilReached, type ViewsFollower } from '../kernel/projector.js';
import { dayOf, type Clock, type Instant } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import { readPlan } from '../plans/read-plan.js';
import type { Appraisals, OpenOfAppraisal, StoredAppraisal } from '../slice/appraisals.js';
import { readAppraisal } from './appraisal.projection.js';
import { composeSheets, storeSheets, type StoredSheets } from './stored-sheets.js';
import { isYear } from './year.js';

interface Ports {
  readonly log: EventLog;
  readonly views: Views;
  readonly files: FileStore;
  readonly projector: ViewsFollower;
  readonly clock: Clock;
}

/** The sheets of all units of a plan, whoever asks, as the views have them once they have caught up with the log. */
export class PlanAppraisals implements Appraisals {
  constructor(private readonly ports: Ports) {}

  async open(plan: string, period: string): Promise<readonly OpenOfAppraisal[]> {
    if (!isYear(parsePeriod(period))) return [];
    const now = await this.now();
    const { views } = this.ports;
    const { rounds, objections } = await readAppraisal(views, plan, period);
    const last = rounds.at(-1);
    if (!last) return [{ id: 'appraisal:not-put-forth', text: `${period} 年度考核表未经公示，各单位未能申诉` }];
    const { timeZone } = await readPlan(views, plan);
    const isRunning = dayOf(now, timeZone) <= last.until;
    const running = { id: 'appraisal:objection-period', text: `${period} 年度考核表的申诉期限 ${last.until} 未满` };
    const waiting = objections.filter(({ decided, withdrawn }) => !decided && !withdrawn);
    return [
      ...(isRunning ? [running] : []),
      ...waiting.map(({ number, unit, text }) => ({
        id: `appraisal:objection-${number}`,
        text: `${unit} 的第 ${number} 号考核申诉尚未裁定：${text}`,
      })),
    ];
  }

  async store(plan: string, period: string): Promise<StoredAppraisal | undefined> {
    if (!isYear(parsePeriod(period))) return undefined;
    return storeSheets(this.ports.files, await this.compose(plan, period));
  }

  /** @throws {DomainError} `plan.unknown`, `appraisal.period` */
  async compose(plan: string, period: string): Promise<StoredSheets> {
    return composeSheets(this.ports.views, plan, period, await this.now());
  }

  /** Now, once the views have what is in the log. */
  private async now(): Promise<Instant> {
    const { log, clock, projector } = this.ports;
    const now = await timeNow(log, clock);
    const head = await log.head();
    if (head !== undefined) await untilReached(projector, head, 10_000);
    return now;
  }
}
