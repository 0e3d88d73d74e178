import { Command } from '../slice/command.js';
import { ChoiceList, Identifier, PlanSlug, Text, Whole } from '../slice/field.js';
import { reminderStates, type ReminderState } from './webhook.events.js';

abstract class OnWebhook extends Command {
  @PlanSlug({ label: '规划' })
  plan: string;

  @Identifier({ label: '推送编号', example: 'oa' })
  id: string;

  override get about() {
    return { kind: 'webhook', id: this.id };
  }
}

export class SetWebhook extends OnWebhook {
  get type() {
    return 'SetWebhook' as const;
  }

  @Text({
    label: '推送地址',
    max: 500,
    description: 'https:// 地址，不带账号、? 和 #；本机可用 http://127.0.0.1',
    example: 'https://hooks.example/tongjian',
  })
  url: string;

  @ChoiceList(reminderStates, {
    label: '推送内容',
    description: 'due-soon 即将到期、due-today 今日到期、overdue 逾期、settled 已报齐；不填即全部',
    optional: true,
    example: ['due-soon', 'overdue', 'settled'],
  })
  tells?: ReminderState[];

  @Whole({ label: '提前天数', description: '到期前多少天起算即将到期；不填即 7', min: 1, max: 90, optional: true })
  daysBefore?: number;
}

export class RemoveWebhook extends OnWebhook {
  get type() {
    return 'RemoveWebhook' as const;
  }
}

export class MakeWebhookSecret extends OnWebhook {
  get type() {
    return 'MakeWebhookSecret' as const;
  }
}

export type WebhookCommand = SetWebhook | RemoveWebhook | MakeWebhookSecret;
