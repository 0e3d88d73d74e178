import { signUp } from '../../test/support/people.js';
import { createInstallation, type Installation } from '../../test/support/house.js';
import { asOperator } from '../../test/support/operator.js';
import { serve, type TestServer } from '../../test/support/server.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { until } from '../../test/support/until.js';
import type { ChangeNotice } from './change-feed.js';
import type { Timeline } from './timeline.js';

let installation: Installation;
let server: TestServer;
type Headers = Record<string, string>;

beforeAll(async () => {
  installation = await createInstallation();
  server = await serve(installation.data);
  const county = "{ code: '331102', name: 莲都区, level: county, parent: '331100' }";
  const two = `${county}\n  - { code: '331121', name: 青田县, level: county, parent: '331100' }`;
  await server.engine.submissions.submit(smallPlan(['plan.yaml', county, two]));
  await server.engine.submissions.submit(
    smallPlan(['plan.yaml', 'plan: small', 'plan: other'], ['plan.yaml', '小规划', '另一规划']),
  );
  await server.engine.caughtUp();
}, 60_000);
afterAll(async () => {
  for (const each of open.splice(0)) each.leave();
  await server.close();
  await installation.remove();
});

const figure = (unit: string, period: string, plan = 'small') => `/api/plans/${plan}/figures/03/${unit}/${period}`;
const join = async (role: string, scope: object): Promise<{ person: string; headers: Headers }> =>
  signUp(server, role, [{ role: role as 'reporter', plan: 'small', ...scope }]);

const open: Listener[] = [];

/** A client of the stream. `ended` is how it ended: `closed` in order, `cut` otherwise. */
class Listener {
  readonly notices: ChangeNotice[] = [];
  lastId = '';
  ended: 'closed' | 'cut' | undefined;
  private readonly abort = new AbortController();

  private constructor(readonly response: Response) {
    void this.read();
  }

  static async open(headers: Headers, query = '', at = server): Promise<Listener> {
    const abort = new AbortController();
    const response = await fetch(`${at.url}/api/plans/small/changes${query}`, { headers, signal: abort.signal });
    const listener = new Listener(response);
    listener.abort.signal.addEventListener('abort', () => abort.abort());
    open.push(listener);
    return listener;
  }

  /** As a browser whose connection broke: it goes on from the last id that it received. */
  resumed = async (headers: Headers): Promise<Listener> => Listener.open({ ...headers, 'last-event-id': this.lastId });

  leave(): void {
    this.abort.abort();
  }

  private async read(): Promise<void> {
    try {
      let text = '';
      const decoder = new TextDecoder();
      for await (const part of this.response.body!) {
        text += decoder.decode(part as Uint8Array, { stream: true });
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          this.take(text.slice(0, end));
          text = text.slice(end + 2);
        }
      }
      this.ended = 'closed';
    } catch {
      this.ended = 'cut';
    }
  }

  private take(event: string): void {
    const lines = event.split('\n');
    for (const line of lines) {
      if (line.startsWith('id: ')) this.lastId = line.slice(4);
      if (line.startsWith('data: ') && lines.includes('event: change'))
        this.notices.push(JSON.parse(line.slice(6)) as ChangeNotice);
    }
  }
}

const report = async (unit: string, period: string, headers: Headers = asOperator, plan = 'small'): Promise<string> => {
  const { status, body, text } = await server.post<{ position: string }>(
    `${figure(unit, period, plan)}/measurement`,
    { value: '5' },
    headers,
  );
  if (status !== 200) throw new Error(text);
  return body.position;
};

it('tells what changed, once the views have it, and nothing of another plan', async () => {
  const listener = await Listener.open(asOperator);
  expect(listener.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(listener.response.headers.get('content-encoding')).toBeNull();
  await until(() => listener.lastId !== '');
  await report('331102', '2023', asOperator, 'other');
  const position = await report('331102', '2023');
  await until(() => listener.notices.length > 0);
  expect(listener.notices).toEqual([
    {
      ...{ position, kind: 'figure', type: 'IndicatorMeasured', label: '上报' },
      subject: { code: '03', unit: '331102', period: '2023' },
      ...{ knownAt: expect.any(String) as string, recordedAt: expect.any(String) as string },
    },
  ]);
  expect(listener.lastId).toBe(position);
  const { status } = await server.get(figure('331102', '2023'));
  expect(status).toBe(200);
});

it('is resumed without loss and without doubling, by Last-Event-ID and by position', async () => {
  const first = await Listener.open(asOperator);
  await until(() => first.lastId !== '');
  const positions = [await report('331102', '2024')];
  await until(() => first.notices.length === 1);
  first.leave();
  for (const unit of ['331102', '331121']) positions.push(await report(unit, '2025'));
  const second = await first.resumed(asOperator);
  await until(() => second.notices.length === 2);
  positions.push(await report('331121', '2024'));
  await until(() => second.notices.length === 3);
  expect([...first.notices, ...second.notices].map(({ position }) => position)).toEqual(positions);
  const whole = await Listener.open(asOperator, '?after=0');
  const all = (await server.engine.log.readAll({ limit: 10_000 })).filter(({ stream }) => /-small(\.|$)/.test(stream));
  await until(() => whole.notices.length >= all.length);
  expect(whole.notices.map(({ position }) => position)).toEqual(all.map(({ position }) => position));
});

it('tells of values that wait only those who see them, as the days of the plan do', async () => {
  const { headers: own } = await join('reporter', { unit: '331121' });
  const { headers: other } = await join('reporter', { unit: '331102' });
  const { headers: leader } = await join('leader', {});
  const { headers: third } = await signUp(server, '第三方', [
    {
      ...{ role: 'external-evaluator', plan: 'small', until: '2099-12-31', moment: '2022-12-31' },
      evaluations: ['E1'],
    },
  ]);
  const readers = { own, other, leader, third };
  const today = async (headers: Headers) => {
    await server.engine.caughtUp();
    const { body } = await server.get<Timeline>('/api/plans/small/timeline', headers);
    return body.days.find(({ day }) => day === body.today)?.count ?? 0;
  };
  const names = ['own', 'other', 'leader', 'third'] as const;
  const counts = async () => Promise.all(names.map((name) => today(readers[name])));
  const before = await counts();
  const listeners = await Promise.all(names.map((name) => Listener.open(readers[name])));
  await until(() => listeners.every(({ lastId }) => lastId !== ''));

  await report('331121', '2021', own);
  await until(() => listeners[0]!.notices.length === 1);
  expect(await counts()).toEqual(before.map((count, at) => count + (at === 0 ? 1 : 0)));
  await server.post(`${figure('331121', '2021')}/approval`, {});
  await until(() => listeners.slice(0, 3).every(({ notices }) => notices.at(-1)?.type === 'MeasurementApproved'));
  const types = listeners.map(({ notices }) => notices.map(({ type }) => type));
  expect(types).toEqual([
    ['IndicatorMeasured', 'MeasurementApproved'],
    ['MeasurementApproved'],
    ['MeasurementApproved'],
    [],
  ]);
  expect(await counts()).toEqual(before.map((count, at) => count + [2, 1, 1, 0][at]!));
  const again = await Listener.open({ ...other, 'last-event-id': '0' });
  await until(() => again.notices.some(({ type }) => type === 'MeasurementApproved'));
  expect(
    again.notices.filter(({ subject, type }) => subject.unit === '331121' && type === 'IndicatorMeasured'),
  ).toEqual([]);
});

it.each([
  ['access ends', (person: string) => server.post(`/api/people/${person}/end`, { reason: '离职' })],
  [
    'a role is added, so that more is seen',
    (person: string) =>
      server.post(`/api/people/${person}/grants`, { role: 'plan-manager', plan: 'small', reason: '兼任' }),
  ],
])('is cut within a second when %s', async (_, change) => {
  const { person, headers } = await join('reporter', { unit: '331102' });
  const listener = await Listener.open(headers);
  await until(() => listener.lastId !== '');
  const changed = await change(person);
  expect([changed.status, changed.text]).toEqual([200, changed.text]);
  const at = performance.now();
  await until(() => listener.ended !== undefined);
  // The machine may be busy; the looks themselves are a second apart at most.
  expect(performance.now() - at).toBeLessThan(2_500);
  expect(listener.ended).toBe('cut');
});

it('is refused beyond eight for one person, and given again when one has ended', async () => {
  const { headers } = await join('reporter', { unit: '331102' });
  const many = await Promise.all(Array.from({ length: 8 }, () => Listener.open(headers)));
  const ninth = await server.get<{ code: string }>('/api/plans/small/changes', headers);
  expect([ninth.status, ninth.body.code, ninth.headers.get('retry-after')]).toEqual([429, 'changes.too-many', '5']);
  many[0]!.leave();
  await until(async () => (await Listener.open(headers)).response.status === 200);
});

it('answers a request for its head only with that', async () => {
  const { status, headers } = await server.ask('HEAD', '/api/plans/small/changes');
  expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
});

it('is refused for an unknown plan or position', async () => {
  const refusal = async (path: string, headers: Headers = {}) => {
    const { status, body } = await server.get<{ code: string; problems: { field?: string }[] }>(path, headers);
    return [status, body.code, body.problems[0]!.field];
  };
  expect(await refusal('/api/plans/nothing/changes')).toEqual([404, 'plan.unknown', 'plan']);
  expect(await refusal('/api/plans/small/changes?after=x')).toEqual([400, 'input.invalid', 'after']);
  expect(await refusal('/api/plans/small/changes?after=99999999')).toEqual([404, 'position.beyond-log', 'after']);
  const last = { 'last-event-id': '-1' };
  expect(await refusal('/api/plans/small/changes', last)).toEqual([400, 'position.malformed', 'Last-Event-ID']);
});

it('ends in order when the server ends', async () => {
  const house = await createInstallation();
  const ending = await serve(house.data);
  await ending.engine.submissions.submit(smallPlan());
  await ending.engine.caughtUp();
  const listener = await Listener.open(asOperator, '', ending);
  await until(() => listener.lastId !== '');
  const at = performance.now();
  await ending.close();
  expect(performance.now() - at).toBeLessThan(5_000);
  await until(() => listener.ended !== undefined);
  expect(listener.ended).toBe('closed');
  await house.remove();
});
