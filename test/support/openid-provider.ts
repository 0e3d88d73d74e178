import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Browser } from './signed-in.js';

/** What the provider says of whoever signs in next. */
export interface ProviderLogin {
  readonly subject: string;
  readonly amr?: readonly string[];
  readonly acr?: string;
}

export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who signs in next, without being asked for anything. */
  login: ProviderLogin;
  /**
   * Signs in at the address to which the server sent a browser. Returns the address to which the provider sends it back.
   */
  signIn(address: string): Promise<string>;
  close(): Promise<void>;
}

/** A real OpenID provider on loopback, oidc-provider, that lets in whom the test names. */
export async function startProvider(redirect: string): Promise<TestProvider> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ['tongjian', 'secret-of-the-tests'];
  const provider = await quietly(async () => {
    // @ts-expect-error It comes without types.
    const { default: Provider } = (await import('oidc-provider')) as unknown as ProviderModule;
    return new Provider(issuer, {
      clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirect] }],
      cookies: { keys: ['key-of-the-tests'] },
      pkce: { required: () => true },
      acrValues: ['level2'],
      claims: { openid: ['sub', 'amr'], acr: null },
      ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
      features: { devInteractions: { enabled: false } },
      findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    });
  });
  const test: TestProvider = {
    issuer,
    clientId,
    clientSecret,
    login: { subject: 'nobody' },
    async signIn(address) {
      const browser = new Browser(issuer);
      let next = address;
      for (let step = 0; step < 10; step++) {
        const { headers, status } = await browser.ask('GET', next);
        const location = headers.get('location');
        if (!location) throw new Error(`the provider answered ${status} to ${next}`);
        next = new URL(location, issuer).href;
        if (next.startsWith(redirect)) return next;
      }
      throw new Error('the provider does not send back');
    },
    close: () => ended(server),
  };
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url!.startsWith('/interaction/')) return answer(request, response);
    void interact(provider, test.login, request, response);
  });
  return test;
}

/** What a person does at the provider: signs in, then consents. */
async function interact(
  provider: OidcProvider,
  login: ProviderLogin,
  request: unknown,
  response: unknown,
): Promise<void> {
  const { prompt, params } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    const { subject: accountId, amr, acr } = login;
    await provider.interactionFinished(request, response, { login: { accountId, amr, acr } });
    return;
  }
  const grant = new provider.Grant({ accountId: login.subject, clientId: params.client_id });
  grant.addOIDCScope('openid');
  await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

/** It warns of keys and a store in memory, which are meant here, and of a Node.js older than its authors test it with. */
async function quietly<Made>(make: () => Promise<Made>): Promise<Made> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await make();
  } finally {
    console.warn = warn;
  }
}

async function ended(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

/** The part of oidc-provider that is used here; it comes without types. */
interface ProviderModule {
  readonly default: new (issuer: string, configuration: object) => OidcProvider;
}
interface OidcProvider {
  callback(): (request: unknown, response: unknown) => void;
  interactionDetails(
    request: unknown,
    response: unknown,
  ): Promise<{ readonly prompt: { readonly name: string }; readonly params: { readonly client_id: string } }>;
  interactionFinished(request: unknown, response: unknown, result: object): Promise<void>;
  readonly Grant: new (of: { accountId: string; clientId: string }) => {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  };
}
