import { isLoopback } from '../config.js';
import { hostOf } from '../http/guarded-request.js';
import { invalid } from '../kernel/errors.js';

/**
 * An address to which a webhook may send. What goes over a network needs TLS; an event has no credentials, so the address
 * has none either. @throws {DomainError} `webhook.url`
 */
export function webhookAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSecure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(hostOf(url)));
  if (url && isSecure && url.username === '' && url.password === '' && !/[?#]/.test(text)) return url;
  throw invalid(
    'webhook.url',
    `推送地址 ${text.replace(/\/\/.*@/, '//***@').slice(0, 200)} 须为 https:// 地址，不带账号、? 和 #；本机可用 http://127.0.0.1`,
    'url',
  );
}
