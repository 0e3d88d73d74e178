import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { ReminderEvent, ReminderId, ReminderMade } from './reminder.events.js';

/**
 * `waiting` to be sent; `underway`: a process sends it; `delivered`; `failing`: sent again from `next` on; `given-up`: it
 * is not sent any more.
 */
export type DeliveryStanding = 'waiting' | 'underway' | 'delivered' | 'failing' | 'given-up';

type Told = (typeof ReminderMade)['example'];

/** Read model of the last message of a webhook about one unit and period, keyed by `plan/webhook/unit/period`. */
export interface ReminderDocument extends ReminderId, Told {
  /** The id of the message. */
  readonly message: string;
  readonly madeAt: string;
  readonly standing: DeliveryStanding;
  readonly attempts: number;
  readonly attemptedAt?: string;
  /** The status with which the receiver took it. */
  readonly status?: number;
  /** Why the last attempt failed. */
  readonly why?: string;
  readonly next?: string;
}

export const reminderKey = ({ plan, webhook, unit, period }: ReminderId) => `${plan}/${webhook}/${unit}/${period}`;

/** A fold of the stream of one reminder: its document, and the state on which it is decided. */
export function evolveReminder(before: ReminderDocument | undefined, recorded: RecordedEvent): ReminderDocument {
  const event = recorded as RecordedEvent & ReminderEvent;
  if (event.type === 'ReminderMade') {
    const made = { message: recorded.id, madeAt: recorded.recordedAt, standing: 'waiting', attempts: 0 } as const;
    return { ...idOf(recorded), ...event.data, ...made };
  }
  const { next: _, why: __, ...document } = before!;
  switch (event.type) {
    case 'ReminderAttempted':
      return {
        ...document,
        ...{ standing: 'underway', attempts: event.data.attempt, attemptedAt: recorded.recordedAt },
      };
    case 'ReminderDelivered':
      return { ...document, standing: 'delivered', status: event.data.status };
    case 'ReminderFailed': {
      const { why, next } = event.data;
      return { ...document, standing: next === undefined ? 'given-up' : 'failing', why, ...(next && { next }) };
    }
  }
}

export const reminderProjection: Projection<ReminderDocument> = {
  name: 'reminders',
  version: 1,
  category: 'reminder',
  keys: (event) => [reminderKey(idOf(event))],
  evolve: evolveReminder,
};

function idOf({ stream }: Pick<RecordedEvent, 'stream'>): ReminderId {
  const { plan, parts } = parseStreamName(stream);
  const [webhook = '', unit = '', period = ''] = parts;
  return { plan, webhook, unit, period };
}
