import { URI, type TOTP } from 'otpauth';
import type { Entrance } from '../../src/credentials/entrance.js';
import { SecretKey } from '../../src/credentials/secret-key.js';
import { openSqliteCredentials } from '../../src/credentials/sqlite/sqlite-credentials.js';
import { throttleLimits, type ThrottleLimits } from '../../src/credentials/throttles.js';
import { Identity } from '../../src/people/identity.js';
import { toMilliseconds } from '../../src/kernel/time.js';
import { temporaryFolder } from '../temporary-folder.js';
import { MovingClock } from './moving-clock.js';

export const zhou = `p_${'z'.repeat(20)}`;
export const wu = `p_${'w'.repeat(20)}`;
export const password = 'ridge copper lantern';

/** Rights for tests: who has access. */
export class TestEntrance implements Entrance {
  readonly entering = new Set([zhou, wu]);
  readonly rights = new Map<string, string>();

  async mayEnter(person: string): Promise<boolean> {
    return this.entering.has(person);
  }

  async rightsOf(person: string): Promise<string> {
    return this.rights.get(person) ?? '';
  }
}

export interface TestCredentials extends Identity<TestEntrance> {
  readonly clock: MovingClock;
  /** The same file and rights in another process, with the same clock. */
  another(): Identity<TestEntrance>;
  /** Gives a person a local account, and a name. */
  withAccount(person: string, account: string): Promise<void>;
  /** Turns on a second factor. */
  withSecondFactor(person: string): Promise<{ readonly totp: TOTP; readonly recoveryCodes: readonly string[] }>;
  /** The code that the phone shows now. */
  codeOf(totp: TOTP): string;
  /** What the access log has, oldest first. */
  noted(): Promise<{ kind: string; person?: string; detail: object }[]>;
  remove(): Promise<void>;
}

/** The services on a credential store in a folder of its own. */
export async function testCredentials(limits: ThrottleLimits = throttleLimits): Promise<TestCredentials> {
  const folder = await temporaryFolder();
  const clock = new MovingClock();
  const entrance = new TestEntrance();
  const opened: Identity<TestEntrance>[] = [];
  const another = () => {
    const credentials = openSqliteCredentials(folder.path('credentials.sqlite'), limits);
    const identity = new Identity(credentials, SecretKey.of(folder.path()), entrance, clock, false);
    opened.push(identity);
    return identity;
  };
  const identity = another();
  const codeOf = (totp: TOTP) => totp.generate({ timestamp: toMilliseconds(clock.now()) });
  return {
    ...identity,
    clock,
    another,
    codeOf,
    async withAccount(person, account) {
      await identity.credentials.directory.rename(person, account, clock.now());
      const { secret } = await identity.accounts.invite(person, 'invitation');
      await identity.accounts.accept(secret, { account, password });
    },
    async withSecondFactor(person) {
      const totp = URI.parse(await identity.secondFactor.enrol(person, 'zhou')) as TOTP;
      const recoveryCodes = await identity.secondFactor.confirm(person, codeOf(totp));
      // The code of this step has been used.
      clock.advance(30_000);
      return { totp, recoveryCodes };
    },
    async noted() {
      const entries = [];
      for await (const batch of identity.credentials.accessLog.export()) {
        entries.push(...batch.map(({ kind, person, detail }) => ({ kind, ...(person && { person }), detail })));
      }
      return entries;
    },
    async remove() {
      await Promise.all(opened.map(({ credentials }) => credentials.close()));
      await folder.remove();
    },
  };
}

/** The refusal with a code, for `toEqual`. */
export const refusedAs = (code: string): unknown => expect.objectContaining({ name: 'DomainError', code });
