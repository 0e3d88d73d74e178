import { Webhook } from 'standardwebhooks';
import type { SecretKey } from '../credentials/secret-key.js';
import { PrivateAddress, guardedRequest } from '../http/guarded-request.js';
import { toMilliseconds, type Clock } from '../kernel/time.js';
import type { Outcome } from './reminder.decider.js';
import type { WebhookDocument } from './webhook.projection.js';

export const WEBHOOK_SENDER = Symbol('WebhookSender');

export type WebhookTarget = Pick<WebhookDocument, 'plan' | 'id' | 'url' | 'secret'>;

export interface Message {
  readonly id: string;
  /** JSON. */
  readonly body: string;
}

const patience = 10_000;

/** Signs messages after the Standard Webhooks specification, and sends them. */
export class WebhookSender {
  constructor(
    private readonly key: SecretKey,
    private readonly clock: Clock,
    /** Hosts inside the network to which it may send. */
    private readonly hosts: readonly string[] = [],
  ) {}

  /** Made from the key of the installation, and stored nowhere. */
  secretOf({ plan, id, secret }: Omit<WebhookTarget, 'url'>): string {
    return `whsec_${this.key.derive(`webhook/${plan}/${id}/${secret}`).toString('base64')}`;
  }

  /** What became of it; `signal` cuts it off. */
  async send(target: WebhookTarget, { id, body }: Message, signal?: AbortSignal): Promise<Outcome> {
    const sentAt = new Date(toMilliseconds(this.clock.now()));
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'tongjian',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
      'webhook-signature': new Webhook(this.secretOf(target)).sign(id, sentAt, body),
    };
    const signals = [AbortSignal.timeout(patience), ...(signal ? [signal] : [])];
    try {
      const sent = { method: 'POST', body, headers, hosts: this.hosts, signal: AbortSignal.any(signals) } as const;
      const answer = await guardedRequest(new URL(target.url), sent);
      // What it says is not read.
      answer.on('error', () => undefined).destroy();
      return outcomeOf(answer.statusCode!);
    } catch (error) {
      return { why: reasonOf(error as NodeJS.ErrnoException) };
    }
  }
}

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return { status };
  // Gone: the receiver asks that nothing more be sent.
  if (status === 410) return { why: '答复 410：接收方不再接收', isFinal: true };
  return { why: status >= 300 && status < 400 ? `答复 ${status}：不跟随跳转，请改推送地址` : `答复 ${status}` };
}

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error instanceof PrivateAddress) {
    return `${error.message} 是本机或内网地址：确需推送的，请系统管理员将它列入 TONGJIAN_WEBHOOK_HOSTS`;
  }
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return `${patience / 1_000} 秒内没有答复`;
  return `连接失败（${error.code ?? error.name}）`;
}
