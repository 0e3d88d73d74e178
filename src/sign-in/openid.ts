import * as client from 'openid-client';
import type { Subject } from '../credentials/accounts.js';
import type { SecretKey } from '../credentials/secret-key.js';
import { DomainError, notFound } from '../kernel/errors.js';
import { toInstant, toMilliseconds, type Clock, type Instant } from '../kernel/time.js';
import type { OpenIdSettings } from '../config.js';

/** What has to be kept between the beginning and the end of a sign-in at the provider. */
interface Flow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The secret of the one-time link by which the subject is linked to a person. */
  readonly invitation?: string;
  readonly endsAt: Instant;
}

/** Whom the provider let in. */
export interface OpenIdAnswer {
  readonly subject: Subject;
  /** Whether the provider says that it asked for a second factor. */
  readonly secondFactor: boolean;
  readonly invitation?: string;
}

export const OPENID = Symbol('OpenId');

/** Milliseconds that a person has for the sign-in at the provider. */
const flowTime = 10 * 60_000;
/** In place of a person, for whom the flow is encrypted: nobody is known yet. */
const purpose = 'openid flow';

/**
 * Sign-in by an OpenID provider: authorization code flow with PKCE (RFC 7636), state and nonce (OpenID Connect Core 1.0,
 * 3.1). What is kept meanwhile is in a cookie, encrypted, so that any process can take the answer.
 */
export class OpenId {
  private found: Promise<client.Configuration> | undefined;

  constructor(
    private readonly settings: OpenIdSettings | undefined,
    private readonly key: SecretKey,
    private readonly clock: Clock,
  ) {}

  get isOn(): boolean {
    return this.settings !== undefined;
  }

  /** The provider's address to send the browser to, and the content of the cookie. @throws {DomainError} `openid.off`, `openid.unavailable` */
  async begin(invitation?: string): Promise<{ readonly address: string; readonly cookie: string }> {
    const { redirect, acr } = this.on();
    const provider = await this.provider();
    const verifier = client.randomPKCECodeVerifier();
    const endsAt = toInstant(toMilliseconds(this.clock.now()) + flowTime);
    const flow: Flow = { state: client.randomState(), nonce: client.randomNonce(), verifier, invitation, endsAt };
    const address = client.buildAuthorizationUrl(provider, {
      redirect_uri: redirect,
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: flow.state,
      nonce: flow.nonce,
      ...(acr.length > 0 && { acr_values: acr.join(' ') }),
    });
    const cookie = Buffer.from(this.key.encrypt(Buffer.from(JSON.stringify(flow)), purpose)).toString('base64url');
    return { address: address.href, cookie };
  }

  /**
   * Takes the provider's answer: the query of the address to which it sent the browser.
   * @throws {DomainError} `openid.off`, `openid.unavailable`, `openid.flow`, `openid.refused`
   */
  async finish(query: string, cookie: string | undefined): Promise<OpenIdAnswer> {
    const { redirect, acr } = this.on();
    const flow = this.flowIn(cookie);
    const provider = await this.provider();
    const claims = await this.claims(provider, new URL(`${redirect}${query}`), flow);
    const methods = Array.isArray(claims.amr) ? claims.amr : [];
    return {
      subject: { issuer: claims.iss, subject: claims.sub },
      // RFC 8176: `mfa` stands for several factors.
      secondFactor: methods.includes('mfa') || (typeof claims.acr === 'string' && acr.includes(claims.acr)),
      ...(flow.invitation !== undefined && { invitation: flow.invitation }),
    };
  }

  private async claims(provider: client.Configuration, address: URL, flow: Flow): Promise<client.IDToken> {
    try {
      const tokens = await client.authorizationCodeGrant(provider, address, {
        pkceCodeVerifier: flow.verifier,
        expectedState: flow.state,
        expectedNonce: flow.nonce,
        idTokenExpected: true,
      });
      return tokens.claims()!;
    } catch (error) {
      if (isNetworkError(error)) throw unavailable();
      throw new DomainError('unauthenticated', 'openid.refused', '统一身份认证没有通过：请重新登录');
    }
  }

  /** Read from the provider at the first use; a failure is tried again at the next. */
  private async provider(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.on();
    const address = new URL(issuer);
    // The settings allow an address without TLS on this machine only.
    const execute = address.protocol === 'http:' ? [client.allowInsecureRequests] : [];
    this.found ??= client.discovery(address, clientId, clientSecret, undefined, { execute, timeout: 10 });
    try {
      return await this.found;
    } catch {
      this.found = undefined;
      throw unavailable();
    }
  }

  private flowIn(cookie: string | undefined): Flow {
    const flow = cookie === undefined ? undefined : this.decrypted(cookie);
    if (flow && this.clock.now() < flow.endsAt) return flow;
    throw new DomainError('unauthenticated', 'openid.flow', '登录没有由本浏览器发起，或已超过 10 分钟：请重新登录');
  }

  private decrypted(cookie: string): Flow | undefined {
    try {
      return JSON.parse(Buffer.from(this.key.decrypt(Buffer.from(cookie, 'base64url'), purpose)).toString()) as Flow;
    } catch {
      return undefined;
    }
  }

  private on(): OpenIdSettings {
    if (this.settings) return this.settings;
    throw notFound('openid.off', '本系统没有接入统一身份认证：请用账号和密码登录');
  }
}

/** `fetch` fails with a TypeError, and a timeout with a DOMException; the library wraps both. */
const isNetworkError = (error: unknown): boolean =>
  ['OAUTH_TIMEOUT', 'OAUTH_ABORT'].includes(String((error as { code?: unknown }).code)) ||
  (error as Error).name === 'TypeError';

const unavailable = () =>
  new DomainError('unavailable', 'openid.unavailable', '统一身份认证暂时不可用：请稍后再试，或用账号和密码登录');
