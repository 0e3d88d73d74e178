import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';

/** A stream for each webhook of a plan. */
export const webhookStream = (plan: string, id: string) => streamName('webhook', plan, id);

/**
 * How a deadline stands: it is near, it is today, it has passed and something is owed, or nothing is owed any more. The
 * last is told only after one of the others.
 */
export const reminderStates = ['due-soon', 'due-today', 'overdue', 'settled'] as const;
export type ReminderState = (typeof reminderStates)[number];

const closed = { additionalProperties: false } as const;

export const WebhookSet = defineEvent({
  name: 'WebhookSet',
  label: '设定推送',
  meaning: 'Reminders of what units owe are sent to an address from now on, or its settings were stated anew',
  schema: Type.Object(
    {
      url: Type.String(),
      tells: Type.Array(Type.Union(reminderStates.map((state) => Type.Literal(state))), { minItems: 1 }),
      daysBefore: Type.Integer({ minimum: 1, description: 'From so many days before the deadline it is due soon' }),
    },
    closed,
  ),
  example: { url: 'https://hooks.example/tongjian', tells: ['due-soon', 'overdue', 'settled'], daysBefore: 7 },
});

export const WebhookSecretMade = defineEvent({
  name: 'WebhookSecretMade',
  label: '签发推送密钥',
  meaning: 'What is sent is signed with another secret from now on; the secret is in no event',
  schema: Type.Object({ number: Type.Integer({ minimum: 1 }) }, closed),
  example: { number: 1 },
});

export const WebhookRemoved = defineEvent({
  name: 'WebhookRemoved',
  label: '取消推送',
  meaning: 'Nothing is sent to the address any more',
  schema: Type.Object({}, closed),
  example: {},
});

export const webhookEvents = [WebhookSet, WebhookSecretMade, WebhookRemoved] as const;
export type WebhookEvent = EventOf<typeof webhookEvents>;
