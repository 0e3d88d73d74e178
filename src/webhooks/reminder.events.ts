import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../kernel/event.js';
import { streamName } from '../kernel/stream-name.js';
import { reminderStates } from './webhook.events.js';

/** What a webhook tells of: what one unit owes for one period. */
export interface ReminderId {
  readonly plan: string;
  readonly webhook: string;
  readonly unit: string;
  readonly period: string;
}

export const reminderStream = ({ plan, webhook, unit, period }: ReminderId) =>
  streamName('reminder', plan, webhook, unit, period);

const closed = { additionalProperties: false } as const;
const attempt = Type.Integer({ minimum: 1 });

export const ReminderMade = defineEvent({
  name: 'ReminderMade',
  label: '生成提醒',
  meaning: 'What a unit owes for a period stands otherwise than was told last; the id of this event is the message’s',
  schema: Type.Object(
    {
      since: Type.String({ description: 'Since when the webhook has been set' }),
      state: Type.Union(reminderStates.map((state) => Type.Literal(state))),
      day: Type.String({ description: 'The day on which it was so' }),
      due: Type.String({ description: 'The last day on which a report is in time' }),
      name: Type.String({ description: 'Of the unit' }),
      open: Type.Array(
        Type.Object(
          {
            kind: Type.Union(['indicator', 'project', 'policy', 'task'].map((kind) => Type.Literal(kind))),
            code: Type.String(),
            name: Type.String(),
            state: Type.Union([Type.Literal('owed'), Type.Literal('returned')]),
          },
          closed,
        ),
        { description: 'What is owed' },
      ),
    },
    closed,
  ),
  example: {
    since: '2023-01-05T02:00:00.000Z',
    state: 'overdue',
    day: '2023-02-15',
    due: '2023-02-14',
    name: '莲都区',
    open: [{ kind: 'indicator', code: '03', name: '康养联合体数', state: 'owed' }],
  },
});

export const ReminderAttempted = defineEvent({
  name: 'ReminderAttempted',
  label: '推送提醒',
  meaning: 'A process is about to send the message; no other does so meanwhile',
  schema: Type.Object({ attempt }, closed),
  example: { attempt: 1 },
});

export const ReminderDelivered = defineEvent({
  name: 'ReminderDelivered',
  label: '提醒送达',
  meaning: 'The receiver answered that it has the message',
  schema: Type.Object({ attempt, status: Type.Integer() }, closed),
  example: { attempt: 1, status: 204 },
});

export const ReminderFailed = defineEvent({
  name: 'ReminderFailed',
  label: '提醒未送达',
  meaning: 'The message was not taken; it is sent again from `next` on, or never where there is none',
  schema: Type.Object({ attempt, why: Type.String(), next: Type.Optional(Type.String()) }, closed),
  example: { attempt: 1, why: '答复 503', next: '2023-02-15T00:01:00.000Z' },
});

export const reminderEvents = [ReminderMade, ReminderAttempted, ReminderDelivered, ReminderFailed] as const;
export type ReminderEvent = EventOf<typeof reminderEvents>;
