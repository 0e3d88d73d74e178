import { Controller, Get, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Lane } from '../http/admission.js';
import { ApiAnswer } from '../http/api-answer.js';
import type { CommandAnswer } from '../http/api-models.js';
import { actorOf } from '../http/asking.js';
import { READING, type Reading } from '../http/reading.js';
import { Needs } from '../http/rights.js';
import { newCommandId } from '../kernel/command-ids.js';
import { refused } from '../kernel/errors.js';
import { LOG_CLOCK, type LogClock } from '../kernel/log-clock.js';
import { by } from '../kernel/order.js';
import { VIEWS, type Views } from '../kernel/views.js';
import { assertDefines } from '../plans/assert-defines.js';
import { GATEWAY, type CommandCarrier } from '../slice/command-gateway.js';
import { checkedInput } from '../slice/command.js';
import type { Outcome } from './reminder.decider.js';
import { reminderProjection, type DeliveryStanding, type ReminderDocument } from './reminder.projection.js';
import { MakeWebhookSecret } from './webhook.commands.js';
import { unknownWebhook } from './webhook.decider.js';
import { webhookKey, webhookProjection, type WebhookDocument } from './webhook.projection.js';
import { WEBHOOK_SENDER, type WebhookSender } from './webhook-sender.js';

/** A webhook, and how its messages fare. */
export interface WebhookStatus extends Omit<WebhookDocument, 'removed' | 'secret'> {
  /** Whether a secret was made; nothing is sent before. */
  readonly hasSecret: boolean;
  readonly messages: Readonly<Record<DeliveryStanding, number>>;
  /** Why messages fail at present. */
  readonly failure?: { readonly at: string; readonly why: string };
}

/** The secret is answered this once. */
export interface WebhookSecretAnswer extends CommandAnswer {
  /** `whsec_` and base64, as Standard Webhooks writes it. */
  readonly secret: string;
}

/** What became of a trial message. */
export interface PingAnswer {
  readonly delivered: boolean;
  readonly message: string;
  readonly status?: number;
  readonly why?: string;
}

const mostDeliveries = 100;

@ApiTags('webhooks')
@Controller('plans/:plan/webhooks')
export class WebhooksController {
  constructor(
    @Inject(READING) private readonly reading: Reading,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(LOG_CLOCK) private readonly clock: LogClock,
    @Inject(GATEWAY) private readonly gateway: CommandCarrier,
    @Inject(WEBHOOK_SENDER) private readonly sender: WebhookSender,
  ) {}

  @Needs('plans.define')
  @Get()
  @ApiOperation({ summary: '规划的推送，及其送达情况', operationId: 'listWebhooks' })
  @ApiAnswer('WebhookStatus', { list: true })
  async list(
    @Param('plan') plan: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<WebhookStatus[]> {
    await this.enter(plan, position);
    const found = await this.views.list(webhookProjection, `${plan}/`);
    const set = found.flatMap(({ body }) => (body.removed ? [] : [body]));
    return Promise.all(set.map(async (webhook) => statusOf(webhook, await this.messages(webhook))));
  }

  @Needs('plans.define')
  @Post(':id/secret')
  @HttpCode(200)
  @ApiOperation({
    summary: '签发推送密钥，只答复这一次',
    description: '再次签发即更换：此后只以新密钥签名',
    operationId: 'makeWebhookSecret',
  })
  @ApiAnswer('WebhookSecretAnswer')
  async makeSecret(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WebhookSecretAnswer> {
    const command = checkedInput(MakeWebhookSecret, { plan, id });
    const sender = { commandId: newCommandId(), actor: actorOf() };
    const { named, ...result } = await this.gateway.carryOut(command, sender);
    response.setHeader('Tongjian-Position', result.position!);
    const { number } = named as { number: number };
    return { ...result, events: [...result.events], secret: this.sender.secretOf({ plan, id, secret: number }) };
  }

  @Lane('heavy')
  @Needs('plans.define')
  @Post(':id/ping')
  @HttpCode(200)
  @ApiOperation({ summary: '试推送：立即发送一条 ping，答复是否送达', operationId: 'pingWebhook' })
  @ApiAnswer('PingAnswer')
  async ping(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<PingAnswer> {
    const webhook = await this.webhook(plan, id, position);
    if (webhook.secret === 0) {
      throw refused('webhook.no-secret', `推送 ${id} 还没有密钥：请先签发（POST …/webhooks/${id}/secret）`);
    }
    const message = newCommandId();
    const body = JSON.stringify({ type: 'ping', timestamp: await this.clock.now(), data: { plan, webhook: id } });
    const outcome: Outcome = await this.sender.send(webhook, { id: message, body });
    if ('status' in outcome) return { delivered: true, message, status: outcome.status };
    return { delivered: false, message, why: outcome.why };
  }

  @Needs('plans.define')
  @Get(':id/deliveries')
  @ApiOperation({
    summary: `推送的最近消息（每个单位每个期间的最后一条，至多 ${mostDeliveries} 条），新的在前`,
    operationId: 'listDeliveries',
  })
  @ApiAnswer('ReminderDocument', { list: true })
  async deliveries(
    @Param('plan') plan: string,
    @Param('id') id: string,
    @Headers('tongjian-position') position: string | undefined,
  ): Promise<readonly ReminderDocument[]> {
    const messages = await this.messages(await this.webhook(plan, id, position));
    return messages.toSorted(by(lastTouched)).reverse().slice(0, mostDeliveries);
  }

  private async webhook(plan: string, id: string, position: string | undefined): Promise<WebhookDocument> {
    await this.enter(plan, position);
    const found = (await this.views.get(webhookProjection, webhookKey(plan, id)))?.body;
    if (!found || found.removed) throw unknownWebhook(plan, id);
    return found;
  }

  private async enter(plan: string, position: string | undefined): Promise<void> {
    await this.reading.wait(position);
    await assertDefines(this.views, plan);
  }

  private async messages({ plan, id, since }: WebhookDocument): Promise<ReminderDocument[]> {
    const found = await this.views.list(reminderProjection, `${plan}/${id}/`);
    return found.flatMap(({ body }) => (body.since === since ? [body] : []));
  }
}

const lastTouched = ({ attemptedAt, madeAt }: ReminderDocument) => attemptedAt ?? madeAt;

function statusOf(
  { removed: _, secret, ...webhook }: WebhookDocument,
  messages: readonly ReminderDocument[],
): WebhookStatus {
  const counts = { waiting: 0, underway: 0, delivered: 0, failing: 0, 'given-up': 0 };
  for (const { standing } of messages) counts[standing]++;
  const failed = messages.filter(({ why }) => why !== undefined).toSorted(by(lastTouched));
  const last = failed.at(-1);
  return {
    ...webhook,
    hasSecret: secret > 0,
    messages: counts,
    ...(last && { failure: { at: lastTouched(last), why: last.why! } }),
  };
}
