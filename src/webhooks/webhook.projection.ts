import type { RecordedEvent } from '../kernel/event.js';
import type { Projection } from '../kernel/projection.js';
import { parseStreamName } from '../kernel/stream-name.js';
import type { ReminderState, WebhookEvent } from './webhook.events.js';

/** Read model of a webhook, keyed by `plan/id`. */
export interface WebhookDocument {
  readonly plan: string;
  readonly id: string;
  readonly url: string;
  readonly tells: readonly ReminderState[];
  readonly daysBefore: number;
  /** Since when it has been set without a break: what was overdue before is not told. */
  readonly since: string;
  /** The number of the secret that signs; 0 while none was made, and nothing is sent. */
  readonly secret: number;
  readonly removed: boolean;
}

export const webhookKey = (plan: string, id: string) => `${plan}/${id}`;

export const webhookProjection: Projection<WebhookDocument> = {
  name: 'webhooks',
  version: 1,
  category: 'webhook',

  keys({ stream }) {
    const { plan, parts } = parseStreamName(stream);
    return [webhookKey(plan, parts[0]!)];
  },

  evolve(before, recorded) {
    const event = recorded as RecordedEvent & WebhookEvent;
    const { plan, parts } = parseStreamName(recorded.stream);
    switch (event.type) {
      case 'WebhookSet':
        return {
          ...{ plan, id: parts[0]! },
          ...event.data,
          since: before && !before.removed ? before.since : recorded.knownAt,
          secret: before?.secret ?? 0,
          removed: false,
        };
      case 'WebhookSecretMade':
        return { ...before!, secret: event.data.number };
      case 'WebhookRemoved':
        return { ...before!, removed: true };
    }
  },
};
