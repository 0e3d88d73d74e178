import { isDeepStrictEqual } from 'node:util';
import type { Decider } from '../kernel/decider.js';
import { invalid, notFound } from '../kernel/errors.js';
import { drafted, type PlanState } from '../plans/plan.state.js';
import { webhookAddress } from './webhook-address.js';
import type { SetWebhook, WebhookCommand } from './webhook.commands.js';
import { WebhookRemoved, WebhookSecretMade, WebhookSet, reminderStates, type WebhookEvent } from './webhook.events.js';

export interface WebhookState {
  /** Absent before it was set, and after it was removed. */
  readonly settings?: (typeof WebhookSet)['example'];
  /** How many secrets were made; the last one signs. */
  readonly secrets: number;
}

const usualDaysBefore = 7;

export const webhookDecider: Decider<WebhookCommand, WebhookEvent, WebhookState, { readonly plan: PlanState }> = {
  initialState: { secrets: 0 },

  decide(command, { settings, secrets }, { known }) {
    drafted(command.plan, known.plan);
    if (command.type === 'SetWebhook') {
      const next = settingsOf(command);
      return isDeepStrictEqual(settings, next) ? [] : [WebhookSet.of(next)];
    }
    if (!settings) throw unknownWebhook(command.plan, command.id);
    return [command.type === 'RemoveWebhook' ? WebhookRemoved.of({}) : WebhookSecretMade.of({ number: secrets + 1 })];
  },

  evolve(state, event) {
    switch (event.type) {
      case 'WebhookSet':
        return { ...state, settings: event.data };
      case 'WebhookSecretMade':
        return { ...state, secrets: event.data.number };
      case 'WebhookRemoved':
        return { secrets: state.secrets };
    }
  },
};

export const unknownWebhook = (plan: string, id: string) =>
  notFound('webhook.unknown', `规划 ${plan} 没有推送 ${id}，或已取消：请核对编号`, 'id');

function settingsOf({ url, tells = [...reminderStates], daysBefore = usualDaysBefore }: SetWebhook) {
  if (tells.length === 0)
    throw invalid('webhook.tells', `请至少写明一种推送内容：${reminderStates.join('、')}`, 'tells');
  return { url: webhookAddress(url).href, tells: reminderStates.filter((state) => tells.includes(state)), daysBefore };
}
