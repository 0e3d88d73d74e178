import type { RoleName } from '../../src/access/roles.js';
import { operatorActor } from '../../src/access/principal.js';
import type { OpenIdSettings } from '../../src/config.js';
import { newOpaqueId } from '../../src/credentials/secrets.js';
import { SecretKey } from '../../src/credentials/secret-key.js';
import { openSqliteCredentials } from '../../src/credentials/sqlite/sqlite-credentials.js';
import type { Engine } from '../../src/engine.js';
import type { Demonstration } from '../../src/people/demonstration.js';
import { Identity } from '../../src/people/identity.js';
import { EndAccess, GrantRole, InvitePerson } from '../../src/people/person.commands.js';
import type { Rights } from '../../src/people/rights.js';
import { createServer } from '../../src/server.js';
import { checkedInput } from '../../src/slice/command.js';
import { password } from './credentials.js';
import { memoryEngine, send } from './engine.js';
import { MovingClock } from './moving-clock.js';

export interface SignedInAnswer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A browser: it keeps the cookies that it gets, by their names. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(readonly url: string) {}

  async ask<Body = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<SignedInAnswer<Body>> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const set of response.headers.getSetCookie()) this.keep(set);
    const text = await response.text();
    const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : {}) as Body };
  }

  private keep(set: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
    if (/Max-Age=0|expires=Thu, 01 Jan 1970/i.test(set)) this.cookies.delete(name!);
    else this.cookies.set(name!, value!);
  }
}

/** A server on loopback with an empty log, whose people the test makes. */
export interface PeopleServer {
  readonly url: string;
  readonly engine: Engine;
  readonly identity: Identity<Rights>;
  readonly clock: MovingClock;
  browser(): Browser;
  /** Invites a person into the log, with a name and roles over everything. */
  person(name: string, ...roles: RoleName[]): Promise<string>;
  /** The same with a local account, signed in. */
  signedIn(account: string, ...roles: RoleName[]): Promise<{ person: string; browser: Browser }>;
  grant(person: string, granted: { role: RoleName; until?: string }): Promise<void>;
  endAccess(person: string): Promise<void>;
  close(): Promise<void>;
}

export async function startPeopleServer(
  options: { openId?: OpenIdSettings; demonstration?: Demonstration } = {},
): Promise<PeopleServer> {
  const clock = new MovingClock();
  const engine = memoryEngine({ clock });
  await engine.start();
  const credentials = openSqliteCredentials(':memory:');
  const identity = new Identity(credentials, SecretKey.passing(), engine.rights, clock, false);
  const server = await createServer(engine, { identity, ...options });
  const url = await server.listen(0, '127.0.0.1');
  const command = <C extends InvitePerson | GrantRole | EndAccess>(type: new () => C, input: object) =>
    send(engine, checkedInput(type, input), operatorActor);
  const person = async (name: string, ...roles: RoleName[]) => {
    const id = newOpaqueId('p');
    await command(InvitePerson, { person: id });
    for (const role of roles) await command(GrantRole, { person: id, role, reason: '试用' });
    await credentials.directory.rename(id, name, clock.now());
    return id;
  };
  return {
    url,
    engine,
    identity,
    clock,
    browser: () => new Browser(url),
    person,
    async signedIn(account, ...roles) {
      const id = await person(account, ...roles);
      const { secret } = await identity.accounts.invite(id, 'invitation');
      await identity.accounts.accept(secret, { account, password });
      const browser = new Browser(url);
      const { status } = await browser.ask('POST', '/api/session', { account, password });
      expect(status).toBe(200);
      return { person: id, browser };
    },
    async grant(id, granted) {
      await command(GrantRole, { person: id, ...granted, reason: '试用' });
      engine.rights.forget(id);
    },
    async endAccess(id) {
      await command(EndAccess, { person: id });
      engine.rights.forget(id);
    },
    async close() {
      await server.close();
      await credentials.close();
      await engine.close();
    },
  };
}
