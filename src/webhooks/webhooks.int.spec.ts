import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';
import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { openIdentity, signUp, type SignedUp } from '../../test/support/people.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { until } from '../../test/support/until.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../test/support/webhook-receiver.js';
import { SecretKey } from '../credentials/secret-key.js';
import type { Engine } from '../engine.js';
import { MeasureIndicator, ReturnMeasurement } from '../figures/figure.commands.js';
import type { CommandAnswer, ProblemDetails } from '../http/api-models.js';
import { systemClock } from '../kernel/time.js';
import type { Identity } from '../people/identity.js';
import type { Rights } from '../people/rights.js';
import { createServer, type HttpServer } from '../server.js';
import { Reminders } from './reminders.js';
import { reminderProjection, type ReminderDocument } from './reminder.projection.js';
import { WebhookSender } from './webhook-sender.js';
import type { PingAnswer, WebhookSecretAnswer, WebhookStatus } from './webhooks.controller.js';

/** The deadline of 2025 is 2026-02-14. */
const withDeadlines = smallPlan(['plan.yaml', 'areas:', 'deadlines:\n  days: { A: 45 }\nareas:']);
const figure = { plan: 'small', code: '03', unit: '331102', period: '2025' };
const [minute, hour] = [60_000, 3_600_000];

let clock: MovingClock;
let engine: Engine;
let receiver: WebhookReceiver;
let server: HttpServer;
let identity: { readonly identity: Identity<Rights>; close(): Promise<void> };
let url: string;
let [manager, clerk]: SignedUp[] = [];
let key: SecretKey;
let sender: WebhookSender;

beforeEach(async () => {
  clock = new MovingClock('2026-02-01T02:00:00.000Z');
  engine = memoryEngine({ clock });
  await engine.start();
  await engine.submissions.submit(withDeadlines);
  receiver = await startWebhookReceiver();
  key = SecretKey.passing();
  sender = new WebhookSender(key, clock, ['127.0.0.1']);
  // What checks a signature compares its time with that of today.
  const ofToday = new WebhookSender(key, systemClock, ['127.0.0.1']);
  identity = await openIdentity(engine);
  server = await createServer(engine, { identity: identity.identity, webhookSender: ofToday });
  url = await server.listen(0, '127.0.0.1');
  const people = { engine, identity: identity.identity };
  manager = await signUp(people, '规划管理员', [{ role: 'plan-manager', plan: 'small' }]);
  clerk = await signUp(people, '填报员', [{ role: 'reporter', plan: 'small', unit: '331102' }]);
});
afterEach(async () => {
  await server.close();
  await identity.close();
  await engine.close();
  await receiver.close();
});

async function ask<Body>(method: 'GET' | 'POST', path: string, body?: object, who = manager!) {
  await engine.caughtUp();
  const response = await fetch(`${url}/api/plans/small/webhooks${path}`, {
    method,
    headers: { ...who.headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Body & Pick<ProblemDetails, 'code'> };
}

/** Sets a webhook at the receiver, and makes its secret. */
async function setUp(settings: object = {}): Promise<string> {
  expect((await ask<CommandAnswer>('POST', '/oa', { url: receiver.url, ...settings })).status).toBe(200);
  const { body } = await ask<WebhookSecretAnswer>('POST', '/oa/secret', {});
  await engine.caughtUp();
  return body.secret;
}

const reminders = (by = sender) => new Reminders({ ...portsOf(engine), sender: by });
const portsOf = ({ views, handling, projector, log }: Engine) => ({ views, handling, projector, log });
const run = async () => {
  await engine.caughtUp();
  await reminders().run();
  await engine.caughtUp();
};
const told = () => receiver.received.map(({ type, data }) => `${type} ${data.unit} ${data.period}`);
const isDelivered = async (last: string) => {
  const found = (await engine.views.get(reminderProjection, 'small/oa/331102/2025'))?.body;
  return found?.standing === 'delivered' && last.startsWith(`obligation.${found.state} `);
};
const status = async () => (await ask<WebhookStatus[]>('GET', '')).body[0]!;
const deliveries = async () => (await ask<ReminderDocument[]>('GET', '/oa/deliveries')).body;

describe('a webhook', () => {
  it('is set by plan managers, who see its secret once', async () => {
    expect((await ask('POST', '/oa', { url: receiver.url }, clerk)).body.code).toBe('access.no-right');
    expect((await ask('GET', '', undefined, clerk)).body.code).toBe('route.unknown');
    expect((await ask('POST', '/oa/secret', {})).body.code).toBe('webhook.unknown');
    const secret = await setUp();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await ask<WebhookStatus[]>('GET', '')).toMatchObject({
      status: 200,
      body: [{ id: 'oa', url: receiver.url, daysBefore: 7, hasSecret: true, messages: { delivered: 0 } }],
    });
    const events = await engine.log.readAll();
    expect(JSON.stringify(events)).not.toContain(secret.slice('whsec_'.length));
    const another = await ask<WebhookSecretAnswer>('POST', '/oa/secret', {});
    expect(another.body.secret).not.toBe(secret);
    expect((await ask('POST', '/oa/removal', {})).status).toBe(200);
    expect((await ask<WebhookStatus[]>('GET', '')).body).toEqual([]);
    expect((await ask('POST', '/oa/ping', {})).body.code).toBe('webhook.unknown');
  });

  it.each([
    'http://example.org/hook',
    'https://user:word@hooks.example/hook',
    'https://hooks.example/hook?key=1',
    'ftp://hooks.example/',
    'hooks.example',
  ])('refuses the address %s', async (address) => {
    expect(await ask('POST', '/oa', { url: address })).toMatchObject({ status: 400, body: { code: 'webhook.url' } });
  });

  it('is tried out by a ping, which is signed as Standard Webhooks says', async () => {
    expect((await ask('POST', '/oa', { url: receiver.url })).status).toBe(200);
    expect((await ask('POST', '/oa/ping', {})).body.code).toBe('webhook.no-secret');
    const secret = await setUp();
    const { body } = await ask<PingAnswer>('POST', '/oa/ping', {});
    expect(body).toMatchObject({ delivered: true, status: 204 });
    const [ping] = receiver.received;
    const headers = ping!.headers as Record<string, string>;
    expect([ping!.type, headers['webhook-id']]).toEqual(['ping', body.message]);
    expect(new Webhook(secret).verify(ping!.text, headers)).toMatchObject({ data: { plan: 'small', webhook: 'oa' } });
    // As docs/webhooks.md says.
    const [, example] = /```js\n([\s\S]*?)```/.exec(readFileSync('docs/webhooks.md', 'utf8'))!;
    const { isGenuine } = (await import(`data:text/javascript,${encodeURIComponent(example!)}`)) as {
      isGenuine(secret: string, headers: Record<string, string>, body: string): boolean;
    };
    expect(isGenuine(secret, headers, ping!.text)).toBe(true);
    expect(isGenuine(secret, headers, `${ping!.text} `)).toBe(false);
    expect(isGenuine(secret, { ...headers, 'webhook-timestamp': '1700000000' }, ping!.text)).toBe(false);
  });

  it('says why a ping did not arrive, and follows no redirect', async () => {
    await setUp();
    const ping = async () => (await ask<PingAnswer>('POST', '/oa/ping', {})).body;
    receiver.status = 302;
    expect(await ping()).toMatchObject({ delivered: false, why: '答复 302：不跟随跳转，请改推送地址' });
    expect(receiver.received).toHaveLength(1);
    receiver.status = 500;
    expect(await ping()).toMatchObject({ delivered: false, why: '答复 500' });
    await receiver.close();
    expect(await ping()).toMatchObject({ delivered: false, why: '连接失败（ECONNREFUSED）' });
    receiver = await startWebhookReceiver();
  });

  it('sends to no private address that the settings do not name, also not behind a name', async () => {
    const guarded = new WebhookSender(key, clock);
    const { port } = new URL(receiver.url);
    for (const host of [
      ...['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433'],
      ...['10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '[fe80::1]', '[fd00::1]'],
    ]) {
      const target = { plan: 'small', id: 'oa', secret: 1, url: `http://${host}:${port}/hook` };
      const outcome = await guarded.send(target, { id: 'm', body: '{}' });
      expect({ host, outcome }).toEqual({
        host,
        outcome: { why: expect.stringMatching(/是本机或内网地址.*TONGJIAN_WEBHOOK_HOSTS/) as unknown },
      });
    }
    expect(receiver.received).toEqual([]);
  });
});

describe('reminders', () => {
  it('tell each change of a deadline once, by a clock and a scheduler', async () => {
    const secret = await setUp();
    const scheduled = reminders();
    const failures: unknown[] = [];
    scheduled.start((error) => failures.push(error), 5);
    const telling = async (day: string, ...expected: string[]) => {
      clock.moveTo(`${day}T02:00:00.000Z`);
      // The attempt is noted as well: a clock that leaps would let it look abandoned.
      await until(async () => told().length >= expected.length && (await isDelivered(expected.at(-1)!)));
      await reminders().run();
      expect(told()).toEqual(expected);
    };
    await run();
    expect(told()).toEqual([]);
    const of = (state: string) => `obligation.${state} 331102 2025`;
    await telling('2026-02-07', of('due-soon'));
    await telling('2026-02-13', of('due-soon'));
    await telling('2026-02-14', of('due-soon'), of('due-today'));
    await telling('2026-02-15', of('due-soon'), of('due-today'), of('overdue'));
    await send(engine, make(MeasureIndicator, { ...figure, value: '5' }));
    const settled = [of('due-soon'), of('due-today'), of('overdue'), of('settled')];
    await telling('2026-02-16', ...settled);
    await send(engine, make(ReturnMeasurement, { ...figure, reason: '再核' }));
    await telling('2026-02-16', ...settled, of('overdue'));
    await scheduled.stop();
    expect(failures).toEqual([]);

    const { headers, text } = receiver.received[2]!;
    const sentAt = new Date(Number(headers['webhook-timestamp']) * 1_000);
    expect(headers['webhook-signature']).toBe(new Webhook(secret).sign(headers['webhook-id'] as string, sentAt, text));
    expect(JSON.parse(text)).toEqual({
      type: 'obligation.overdue',
      timestamp: '2026-02-15T02:00:00.000Z',
      data: {
        ...{ plan: 'small', period: '2025', unit: '331102', name: '莲都区', due: '2026-02-14', day: '2026-02-15' },
        open: [{ kind: 'indicator', code: '03', name: '康养联合体数', state: 'owed' }],
      },
    });
    expect((await deliveries())[0]).toMatchObject({ state: 'overdue', standing: 'delivered', status: 204 });
  });

  it('tell what was asked for only, and nothing that was overdue before', async () => {
    clock.moveTo('2026-02-15T02:00:00.000Z');
    await setUp({ tells: ['overdue'] });
    await run();
    expect(told()).toEqual([]);
  });

  it('are sent again after failures, ever later, until they are given up', async () => {
    await setUp({ tells: ['overdue'] });
    clock.moveTo('2026-02-15T02:00:00.000Z');
    receiver.status = 503;
    await run();
    expect(await status()).toMatchObject({ messages: { failing: 1 }, failure: { why: '答复 503' } });
    expect((await deliveries())[0]).toMatchObject({ attempts: 1, next: '2026-02-15T02:01:00.000Z' });
    await run();
    expect(receiver.received).toHaveLength(1);
    for (const pause of [minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 24 * hour]) {
      clock.advance(pause - 1);
      const before = receiver.received.length;
      await run();
      expect(receiver.received).toHaveLength(before);
      clock.advance(1);
      await run();
      expect(receiver.received).toHaveLength(before + 1);
    }
    expect(
      new Set(receiver.received.map(({ headers, text }) => `${headers['webhook-id'] as string} ${text}`)).size,
    ).toBe(1);
    expect(await status()).toMatchObject({ messages: { failing: 0, 'given-up': 1 } });
    clock.advance(48 * hour);
    await run();
    expect(receiver.received).toHaveLength(7);
  });

  it('end at once where the receiver is gone', async () => {
    await setUp({ tells: ['overdue'] });
    clock.moveTo('2026-02-15T02:00:00.000Z');
    receiver.status = 410;
    await run();
    expect(await status()).toMatchObject({ messages: { 'given-up': 1 } });
  });

  it('are sent once by processes that run at the same time', async () => {
    await setUp();
    clock.moveTo('2026-02-14T02:00:00.000Z');
    await engine.caughtUp();
    await Promise.all([reminders().run(), reminders().run(), reminders().run()]);
    await run();
    expect(told()).toEqual(['obligation.due-today 331102 2025']);
  });

  it('that a process was sending when it died are sent again under the same id', async () => {
    await setUp();
    clock.moveTo('2026-02-14T02:00:00.000Z');
    receiver.status = undefined;
    await engine.caughtUp();
    const dying = reminders();
    dying.start(() => undefined, 1);
    await until(() => receiver.received.length === 1);
    await dying.stop();
    receiver.status = 204;
    await run();
    expect(receiver.received).toHaveLength(1);
    expect(await status()).toMatchObject({ messages: { underway: 1 } });
    clock.advance(2 * minute);
    await run();
    const [first, second] = receiver.received;
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    expect(second!.text).toBe(first!.text);
    expect(await status()).toMatchObject({ messages: { delivered: 1, underway: 0 } });
    await run();
    expect(receiver.received).toHaveLength(2);
  });
});
