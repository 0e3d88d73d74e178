import { knownPlan, planTimeZone } from '../plans/known-plan.js';
import type { PlanState } from '../plans/plan.state.js';
import { deciding, type Slice } from '../slice/slice.js';
import { reminderEvents } from './reminder.events.js';
import { reminderProjection } from './reminder.projection.js';
import { MakeWebhookSecret, RemoveWebhook, SetWebhook, type WebhookCommand } from './webhook.commands.js';
import { webhookDecider, type WebhookState } from './webhook.decider.js';
import { webhookEvents, webhookStream, type WebhookEvent } from './webhook.events.js';
import { webhookProjection } from './webhook.projection.js';
import { WebhooksController } from './webhooks.controller.js';

const path = 'plans/:plan/webhooks/:id';
const permission = 'plans.define';

/** Reminders of what units owe, sent to the systems that a plan names. The reminders are decided by `Reminders`. */
export const webhookSlice: Slice = {
  name: 'webhooks',
  events: [...webhookEvents, ...reminderEvents],
  projections: [webhookProjection, reminderProjection],
  deciding: deciding<WebhookCommand, WebhookEvent, WebhookState, { readonly plan: PlanState }>({
    decider: webhookDecider,
    commands: [
      { type: SetWebhook, path, permission, summary: '设定推送（到期、逾期提醒发往一个地址）' },
      { type: RemoveWebhook, path: `${path}/removal`, permission, summary: '取消推送' },
      { type: MakeWebhookSecret, path: `${path}/secret`, permission, internal: true, summary: '签发推送密钥' },
    ],
    stream: ({ plan, id }) => webhookStream(plan, id),
    known: async (command, load) => ({ plan: await knownPlan(command, load) }),
    named: ({ type }, { state, events }) =>
      type === 'MakeWebhookSecret' ? { number: state.secrets + events.length } : undefined,
    timeZone: planTimeZone,
  }),
  controllers: [WebhooksController],
};
