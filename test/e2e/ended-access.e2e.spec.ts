import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { request, type IncomingMessage } from 'node:http';
import { heldFor } from '../../src/credentials/authentication.js';
import { password } from '../support/credentials.js';
import { createInstallation, type Installation } from '../support/house.js';
import { signUp } from '../support/people.js';
import { startProgramIn } from '../support/program.js';
import { lishui, seedFiles } from '../support/seeds.js';
import { serve, type TestServer } from '../support/server.js';
import { Browser } from '../support/signed-in.js';
import { until } from '../support/until.js';

/** Two processes on one log, one store and one list of people: this one, and the built program. */

let installation: Installation;
let here: TestServer;
let there: { readonly child: ChildProcess; readonly url: string };

beforeAll(async () => {
  installation = await createInstallation('esdb + redis');
  const { data, environment } = installation;
  here = await serve(data, environment);
  await here.engine.submissions.submit(seedFiles(lishui));
  await here.engine.submissions.submit(seedFiles(`${lishui}-demo`));
  await here.engine.caughtUp();
  there = await startProgramIn(environment, data, '--no-demo');
}, 180_000);
afterAll(async () => {
  if (there?.child.exitCode === null) {
    there.child.kill('SIGTERM');
    await once(there.child, 'exit');
  }
  await here?.close();
  await installation.remove();
}, 60_000);

/** An answer that its reader does not take: it stays open. */
async function openExport(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
  const sent = request(`${url}/api/events`, { headers });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  response.pause();
  return response;
}

it('access that ends in one process is refused within a second in both: session, token, and what is being read', async () => {
  const { person, headers } = await signUp(here, '审计员', [{ role: 'auditor' }]);
  const { secret } = await here.identity!.accounts.invite(person, 'invitation');
  await here.identity!.accounts.accept(secret, { account: 'auditor.one', password });
  const [browser, other] = [new Browser(here.url), new Browser(there.url)];
  expect((await browser.ask('POST', '/api/session', { account: 'auditor.one', password })).status).toBe(200);
  for (const [name, value] of browser.cookies) other.cookies.set(name, value);
  const program = async (url: string) => (await fetch(`${url}/api/rights`, { headers })).status;
  const page = async (of: Browser) => (await of.ask('GET', '/api/session')).status;
  const asked: readonly (() => Promise<number>)[] = [
    ...[() => program(here.url), () => page(browser), () => program(there.url), () => page(other)],
  ];
  for (const ask of asked) await until(async () => (await ask()) === 200);
  const open = [await openExport(here.url, headers), await openExport(there.url, headers)];
  const cut = open.map((response) => once(response, 'error').then(([error]) => (error as Error).message));

  expect((await here.post(`/api/people/${person}/end`, { reason: '离职' })).status).toBe(200);
  const ended = performance.now();
  // Where it was ended, at once.
  expect([await asked[0]!(), await asked[1]!()]).toEqual([401, 401]);
  // The time is that of the last request that was let in, not of its answer: a slow machine does not change it.
  const letIn: number[] = [];
  await Promise.all(
    asked.map((ask) =>
      until(async () => {
        const sent = performance.now() - ended;
        const status = await ask();
        if (status === 200) letIn.push(sent);
        return status === 401;
      }),
    ),
  );
  expect(Math.max(0, ...letIn)).toBeLessThan(heldFor);
  // Those who go on reading find that nothing more comes.
  for (const response of open) response.resume();
  expect(await Promise.all(cut)).toEqual(['aborted', 'aborted']);
}, 120_000);
