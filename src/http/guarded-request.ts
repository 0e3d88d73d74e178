import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

export interface GuardedRequest {
  readonly method: 'GET' | 'POST';
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Hosts inside the network to which it may go nevertheless. */
  readonly hosts: readonly string[];
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** The address is not one of the public network, and its host is not named in the settings. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';
}

/** The host as it is resolved: an IPv6 address has no brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

const isPublic = (address: string): boolean => ipaddr.process(address).range() === 'unicast';

/**
 * Sends a request to an address that a user named, and resolves with the answer; redirects are not followed. It connects to
 * the address that was checked: a name that is resolved anew could mean another one by then.
 * @throws {PrivateAddress} and errors of the connection
 */
export async function guardedRequest(
  url: URL,
  { method, body, headers, hosts, signal }: GuardedRequest,
): Promise<IncomingMessage> {
  const host = hostOf(url);
  const isNamed = hosts.includes(host);
  // Addresses are not looked up.
  if (!isNamed && isIP(host) !== 0 && !isPublic(host)) throw new PrivateAddress(host);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method,
      agent: false,
      headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
      signal,
      ...(!isNamed && { lookup: publicOnly }),
    });
    request.once('error', reject).once('response', resolve);
    request.end(body);
  });
}

const publicOnly: LookupFunction = (name, options, done) => {
  resolveName(name, { ...options, all: true }, (error, found) => {
    const addresses = found as LookupAddress[] | undefined;
    if (error || !addresses?.length) return done(error ?? new Error(`${name} has no address`), []);
    if (!addresses.every(({ address }) => isPublic(address))) return done(new PrivateAddress(name), []);
    const [{ address, family }] = addresses as [LookupAddress];
    return options.all ? done(null, addresses) : done(null, address, family);
  });
};
