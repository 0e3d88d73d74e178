import type { Decider } from '../kernel/decider.js';
import { toInstant, toMilliseconds, type Instant } from '../kernel/time.js';
import {
  ReminderAttempted,
  ReminderDelivered,
  ReminderFailed,
  ReminderMade,
  type ReminderEvent,
} from './reminder.events.js';
import { evolveReminder, type ReminderDocument } from './reminder.projection.js';

/** What became of an attempt to send a message. */
export type Outcome = { readonly status: number } | { readonly why: string; readonly isFinal?: true };

export type ReminderCommand =
  | { readonly type: 'MakeReminder'; readonly told: (typeof ReminderMade)['example'] }
  | { readonly type: 'AttemptReminder'; readonly message: string }
  | { readonly type: 'NoteOutcome'; readonly message: string; readonly attempt: number; readonly outcome: Outcome };

const minute = 60_000;

/** Milliseconds from a failed attempt to the next one; after the last of them it is given up. */
const pauses = [1, 5, 30, 2 * 60, 6 * 60, 24 * 60].map((minutes) => minutes * minute);

/** Milliseconds after which an attempt without an outcome is taken for one whose process died. */
const abandoned = 2 * minute;

export interface ReminderHistory {
  readonly last?: ReminderDocument;
}

export const reminderDecider: Decider<ReminderCommand, ReminderEvent, ReminderHistory> = {
  initialState: {},

  decide(command, { last }, { now }) {
    switch (command.type) {
      case 'MakeReminder': {
        const { told } = command;
        const isTold = last?.since === told.since && last.state === told.state;
        return isTold ? [] : [ReminderMade.of(told)];
      }
      case 'AttemptReminder':
        if (last?.message !== command.message || !isDue(last, now)) return [];
        return [ReminderAttempted.of({ attempt: last.attempts + 1 })];
      case 'NoteOutcome': {
        const { message, attempt, outcome } = command;
        // Another message, or another process that took this one for dead, came in between.
        if (last?.message !== message || last.standing !== 'underway' || last.attempts !== attempt) return [];
        if ('status' in outcome) return [ReminderDelivered.of({ attempt, status: outcome.status })];
        const pause = outcome.isFinal ? undefined : pauses[attempt - 1];
        const next = pause === undefined ? undefined : toInstant(toMilliseconds(now) + pause);
        return [ReminderFailed.of({ attempt, why: outcome.why, ...(next !== undefined && { next }) })];
      }
    }
  },

  evolve: ({ last }, event) => ({ last: evolveReminder(last, event) }),
};

/** Whether the message is to be sent now. */
export function isDue({ standing, next, attemptedAt }: ReminderDocument, now: Instant): boolean {
  if (standing === 'waiting') return true;
  if (standing === 'failing') return next! <= now;
  return standing === 'underway' && toMilliseconds(attemptedAt!) + abandoned <= toMilliseconds(now);
}
