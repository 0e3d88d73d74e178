import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { isIP } from 'node:net';
import { DomainError } from '../kernel/errors.js';
import { excerpt } from '../kernel/text.js';
import { problemOf, sendProblem } from './problem.filter.js';

/**
 * Refuses what the page of another site makes a browser send. A site can point its own name at this server (DNS
 * rebinding), so a name is answered only where it is one of `names`; an address and `localhost` cannot be pointed
 * elsewhere. And a write comes from a page of the same origin, or from a program, which says no origin.
 */
export const ownRequests =
  (names: readonly string[]): RequestHandler =>
  (request: Request, response: Response, next: NextFunction) => {
    const refusal = foreignHost(request, names) ?? foreignWrite(request);
    if (refusal) sendProblem(response, problemOf(refusal));
    else next();
  };

function foreignHost({ headers: { host = '' } }: Request, names: readonly string[]): DomainError | undefined {
  const name = hostnameOf(`http://${host}`);
  if (name !== undefined && (isAddress(name) || name === 'localhost' || names.includes(name))) return undefined;
  return new DomainError(
    'forbidden',
    'request.host',
    `不以主机名 ${excerpt(host, 80)} 提供服务：请用 localhost 或 IP 地址访问；要用域名的，请把它写入设置 TONGJIAN_NAMES`,
    { field: 'Host' },
  );
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

function foreignWrite({ method, headers }: Request): DomainError | undefined {
  if (reading.has(method)) return undefined;
  const site = headers['sec-fetch-site'];
  const isForeignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  const isForeignOrigin = headers.origin !== undefined && hostOf(headers.origin) !== hostOf(`http://${headers.host}`);
  if (!isForeignSite && !isForeignOrigin) return undefined;
  const from = excerpt(headers.origin ?? String(site), 80);
  const message = `不接受由其他网站（${from}）的页面发来的写入：请在本系统的页面上操作`;
  return new DomainError('forbidden', 'request.foreign-site', message, { field: 'Origin' });
}

const parsed = (url: string) => (URL.canParse(url) ? new URL(url) : undefined);

const hostnameOf = (url: string): string | undefined => parsed(url)?.hostname;

/** Name and port; the port of a scheme is left out, as browsers do. A proxy in front may take away the TLS of an origin. */
function hostOf(url: string): string | undefined {
  const { hostname, port } = parsed(url) ?? {};
  return hostname === undefined ? undefined : port === '' || port === '443' ? hostname : `${hostname}:${port}`;
}

/** An IPv6 address stands in brackets. */
const isAddress = (name: string): boolean => isIP(name.replace(/^\[(.*)\]$/, '$1')) > 0;
