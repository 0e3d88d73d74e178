import type { Identity } from '../people/identity.js';
import { currentPrincipal } from '../access/principal.js';
import type { Session } from '../credentials/session-store.js';
import type { Place } from '../credentials/sessions.js';
import { DomainError } from '../kernel/errors.js';
import type { Request, Response } from 'express';

/** The session with which somebody asks, and its secret. */
export interface OwnSession {
  readonly secret: string;
  readonly session: Session;
}

/**
 * The session of a request whose route needs one: neither a token nor the operator may act for a person's account.
 * @throws {DomainError} `session.needed`
 */
export async function ownSession(
  { sessions, authentication }: Pick<Identity, 'sessions' | 'authentication'>,
  request: Request,
): Promise<OwnSession> {
  const secret = authentication.sessionSecret(request.headers.cookie);
  const session = secret === undefined ? undefined : await sessions.find(secret);
  const principal = currentPrincipal();
  if (secret !== undefined && session && principal?.means === 'web' && principal.id === session.person)
    return { secret, session };
  throw new DomainError('forbidden', 'session.needed', '这里只能由本人登录后操作：令牌和本机操作员不能代办');
}

/** From where a request comes. `ip` is that of the client where a proxy in front is trusted. */
export const placeOf = ({ headers, ip }: Request): Place => ({ device: headers['user-agent'], address: ip });

/** Gives the browser a session that was begun, in place of the one that it had. */
export async function beginSession(
  identity: Pick<Identity, 'sessions' | 'authentication' | 'cookie'>,
  request: Request,
  response: Response,
  secret: string,
): Promise<void> {
  const { sessions, authentication } = identity;
  const before = authentication.sessionSecret(request.headers.cookie);
  const replaced = before === undefined ? undefined : await sessions.find(before);
  if (replaced) await sessions.end(replaced.person, replaced.id);
  setSession(identity, response, secret);
}

/** Gives the browser the new secret of a session. */
export function setSession(
  { cookie, authentication }: Pick<Identity, 'cookie' | 'authentication'>,
  response: Response,
  secret: string,
): void {
  authentication.forget();
  response.append('Set-Cookie', cookie.set(secret));
}
