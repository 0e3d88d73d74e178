import type { Message } from './webhook-sender.js';
import type { ReminderDocument } from './reminder.projection.js';

/** The message of a reminder: the same bytes at each attempt. It names no person. */
export function messageOf(reminder: ReminderDocument): Message {
  const { plan, unit, name, period, state, due, day, open, message, madeAt } = reminder;
  const data = { plan, period, unit, name, due, day, open };
  return { id: message, body: JSON.stringify({ type: `obligation.${state}`, timestamp: madeAt, data }) };
}
