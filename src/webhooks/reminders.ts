import { newCommandId } from '../kernel/command-ids.js';
import type { Actor } from '../kernel/event.js';
import type { EventLog } from '../kernel/event-log.js';
import type { CommandHandling } from '../kernel/handling.js';
import type { Period } from '../kernel/period.js';
import type { Position } from '../kernel/position.js';
import type { ViewsFollower } from '../kernel/projector.js';
import { dayAfter, dayOf, type Instant } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import { Repeated } from '../operations/repeated.js';
import { planProjection, type PlanDocument } from '../plans/plan.projection.js';
import { periodSight, planSight } from '../reporting/obligation-reading.js';
import { isOpen, obligationsOf, periodsDue, type UnitObligations } from '../reporting/obligations.js';
import { isDue, reminderDecider, type ReminderCommand } from './reminder.decider.js';
import { reminderStream, type ReminderId } from './reminder.events.js';
import { messageOf } from './reminder-message.js';
import { reminderKey, reminderProjection } from './reminder.projection.js';
import type { ReminderState } from './webhook.events.js';
import { webhookProjection, type WebhookDocument } from './webhook.projection.js';
import type { WebhookSender } from './webhook-sender.js';

interface Ports {
  readonly views: Views;
  readonly handling: CommandHandling;
  readonly projector: Pick<ViewsFollower, 'reached' | 'status'>;
  readonly log: Pick<EventLog, 'head'>;
  readonly sender: WebhookSender;
}

/** The program itself, where nobody asked. */
const remindingActor: Actor = { id: 'reminders', name: '报送提醒', roles: [], means: 'operator' };

/** Days after a deadline for which it is looked after. */
const lookedAfter = 400;

/** Milliseconds for which a run waits for the views. */
const patience = 30_000;

/**
 * Makes reminders for the webhooks of all plans, and sends them. What is made and what became of it are events, so that a
 * restart continues where the process before was.
 */
export class Reminders extends Repeated {
  /** By plan: the day, and how far the log was, when it was last looked at whole. */
  private readonly looked = new Map<string, string>();

  constructor(private readonly ports: Ports) {
    super();
  }

  /** One run: makes what is due to be told, and sends what is due to be sent. */
  async run(): Promise<void> {
    const { views, handling, projector, log } = this.ports;
    const now = await handling.now();
    const head = await log.head();
    if (head === undefined) return;
    // Views that are behind would tell of what was reported meanwhile that it is owed.
    const isThere =
      (await projector.reached(head, patience)) && !(await projector.status()).some(({ stopped }) => stopped);
    if (!isThere) return;
    const failures: unknown[] = [];
    for (const { body: plan } of await views.list(planProjection, '')) {
      // A plan that fails does not stop the others.
      await this.runFor(plan, head, now).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  private async runFor(plan: PlanDocument, head: Position, now: Instant): Promise<void> {
    const { views, projector } = this.ports;
    const found = await views.list(webhookProjection, `${plan.plan}/`);
    const webhooks = found.flatMap(({ body }) => (body.removed || body.secret === 0 ? [] : [body]));
    if (webhooks.length === 0) return;
    const standing = `${head} ${dayOf(now, plan.timeZone)}`;
    if (!plan.closed && this.looked.get(plan.plan) !== standing) {
      const made = await this.make(plan, webhooks, now);
      if (made !== undefined) await projector.reached(made, patience);
      this.looked.set(plan.plan, standing);
    }
    for (const webhook of webhooks) await this.deliver(webhook, now);
  }

  /** Resolves with the position of the last reminder made. */
  private async make(
    plan: PlanDocument,
    webhooks: readonly WebhookDocument[],
    now: Instant,
  ): Promise<Position | undefined> {
    let made: Position | undefined;
    const today = dayOf(now, plan.timeZone);
    const ahead = Math.max(...webhooks.map(({ daysBefore }) => daysBefore));
    const sight = await planSight(this.ports.views, { plan: plan.plan, asOf: {}, now });
    for (const period of periodsDue(plan, dayAfter(today, -lookedAfter), dayAfter(today, ahead))) {
      const { units } = obligationsOf(await periodSight(this.ports.views, sight, period));
      for (const owing of units.filter(({ obligations }) => obligations.length > 0)) {
        for (const webhook of webhooks) {
          if (this.isStopped) return made;
          made = (await this.tell(webhook, { plan, period, owing, today })) ?? made;
        }
      }
    }
    return made;
  }

  private async tell(
    webhook: WebhookDocument,
    { plan, period, owing, today }: { plan: PlanDocument; period: Period; owing: UnitObligations; today: string },
  ): Promise<Position | undefined> {
    const { plan: slug, id, since, tells } = webhook;
    const reminder = { plan: slug, webhook: id, unit: owing.unit, period: period.text };
    const last = (await this.ports.views.get(reminderProjection, reminderKey(reminder)))?.body;
    const before = last?.since === since ? last : undefined;
    const due = owing.due!;
    const open = owing.obligations.filter(isOpen).map(({ kind, code, name, state }) => ({ kind, code, name, state }));
    const state = stateOf(open.length, { due, today, daysBefore: webhook.daysBefore });
    if (state === undefined || state === before?.state || !tells.includes(state)) return undefined;
    // Only what was told to be owed is told to be settled, and nothing of a time before the webhook.
    if (!before && (state === 'settled' || due < dayOf(since, plan.timeZone))) return undefined;
    const told = { since, state, day: today, due, name: owing.name, open };
    return (await this.carryOut(reminder, { type: 'MakeReminder', told })).position;
  }

  private async deliver(webhook: WebhookDocument, now: Instant): Promise<void> {
    const { views, handling, sender } = this.ports;
    const found = await views.list(reminderProjection, `${webhook.plan}/${webhook.id}/`);
    for (const { body: seen } of found) {
      if (this.isStopped) return;
      if (seen.since !== webhook.since || !isDue(seen, now)) continue;
      const { message } = seen;
      const { events } = await this.carryOut(seen, { type: 'AttemptReminder', message });
      // Another process sends it, or has sent it.
      if (events.length === 0) continue;
      const { last } = await handling.load(reminderDecider, reminderStream(seen));
      const outcome = await sender.send(webhook, messageOf(last!), this.stopping.signal);
      // Cut off: the next process takes the attempt for dead, and sends the message again under its id.
      if (this.isStopped && 'why' in outcome) return;
      await this.carryOut(seen, { type: 'NoteOutcome', message, attempt: last!.attempts, outcome });
      // A receiver that does not answer is not asked for each of many messages.
      if ('why' in outcome) return;
    }
  }

  private carryOut(reminder: ReminderId, command: ReminderCommand) {
    return this.ports.handling.handle(
      {
        decider: reminderDecider,
        stream: reminderStream(reminder),
        command,
        commandType: command.type,
        known: () => Promise.resolve(undefined),
      },
      { commandId: newCommandId(), actor: remindingActor },
    );
  }
}

function stateOf(
  open: number,
  { due, today, daysBefore }: { due: string; today: string; daysBefore: number },
): ReminderState | undefined {
  if (open === 0) return 'settled';
  if (today > due) return 'overdue';
  if (today === due) return 'due-today';
  return dayAfter(today, daysBefore) >= due ? 'due-soon' : undefined;
}
