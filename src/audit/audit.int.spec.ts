import ExcelJS from 'exceljs';
import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { MovingClock } from '../../test/support/moving-clock.js';
import { asOperator, operatorKey } from '../../test/support/operator.js';
import { openIdentity, signUp, type SignedUp } from '../../test/support/people.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { Engine } from '../engine.js';
import { CorrectMeasurement } from '../figures/figure.commands.js';
import { createServer, type HttpServer } from '../server.js';
import type { AuditChoices } from './audit.controller.js';
import type { EventRecord, TrailCount, TrailPage } from './trail.js';

let engine: Engine;
let server: HttpServer;
let url: string;
let clerk: SignedUp;
let auditor: SignedUp;
let closeIdentity: () => Promise<void>;

beforeAll(async () => {
  engine = memoryEngine({ clock: new MovingClock('2024-03-01T00:00:00.000Z') });
  await engine.start();
  await engine.submissions.submit(smallPlan());
  const { identity, close } = await openIdentity(engine);
  closeIdentity = close;
  server = await createServer(engine, { operatorKey, identity });
  clerk = await signUp({ engine, identity }, '周莲都', [
    { role: 'reporter', plan: 'small', unit: '331102' },
    { role: 'corrector', plan: 'small', unit: '331102' },
  ]);
  auditor = await signUp({ engine, identity }, '沈审计', [{ role: 'auditor', plan: 'small' }]);
  const corrected = { plan: 'small', code: '03', unit: '331102', period: '2022', value: '9', reason: '核对台账' };
  await send(engine, make(CorrectMeasurement, { ...corrected, evidence: [{ title: '台账' }] }), {
    ...{ id: clerk.person, name: clerk.person, roles: ['reporter', 'corrector'], means: 'web' },
  });
  await engine.caughtUp();
  url = await server.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await server.close();
  await closeIdentity();
  await engine.close();
});

const fetched = (path: string, headers: Record<string, string> = asOperator) =>
  fetch(`${url}/api/plans/small/audit${path}`, { headers });
const get = async <Body>(path: string, headers?: Record<string, string>) =>
  (await (await fetched(path, headers)).json()) as Body;

it('finds what a person did by a part of the name, and tells the name', async () => {
  const { entries } = await get<TrailPage>('?person=周莲');
  expect(entries.map(({ label, actor }) => [label, actor.name, actor.id])).toEqual([['更正', '周莲都', clerk.person]]);
  expect(await get<TrailPage>(`?person=${clerk.person}`)).toEqual({ entries });
  expect(await get<TrailCount>('/total?person=周莲')).toEqual({ entries: 1 });
});

it('finds by their names also the persons of a plan folder, who have no account', async () => {
  const { entries } = await get<TrailPage>('?person=莲都填');
  expect(entries.map(({ label, actor }) => [label, actor.name, actor.id])).toEqual([
    ['上报', '莲都填报员', 'reporter-1'],
    ['上报', '莲都填报员', 'reporter-1'],
  ]);
});

it('tells a program no names, and finds nobody by one', async () => {
  expect(await get('?person=周莲', auditor.headers)).toMatchObject({ status: 404, code: 'audit.unknown-actor' });
  const { entries } = await get<TrailPage>(`?person=${clerk.person}`, auditor.headers);
  expect(entries.map(({ actor }) => actor.name)).toEqual([clerk.person]);
});

it('offers the people who did something under the plan, and all actions', async () => {
  const { people, actions } = await get<AuditChoices>('/choices');
  expect(people).toContainEqual({ id: clerk.person, name: '周莲都' });
  expect(people.map(({ id }) => id)).not.toContain(auditor.person);
  expect(actions).toContainEqual({ type: 'MeasurementCorrected', label: '更正', isCorrection: true });
});

it('lists the whole plan by either time, and finds by texts and corrections', async () => {
  const forth = await get<TrailPage>('?sort=recorded&limit=1000');
  const back = await get<TrailPage>('?sort=-recorded&limit=1000');
  expect(back.entries).toEqual(forth.entries.toReversed());
  expect((await get<TrailCount>('/total?sort=recorded')).entries).toBe(forth.entries.length);
  expect((await get<TrailPage>('?q=台账&corrections=true')).entries).toHaveLength(1);
  expect((await get<TrailPage>('?q=台账&action=上报')).entries).toHaveLength(0);
  expect((await get<TrailPage>('?recordedFrom=2024-03-01&knownTo=2024-03-01&corrections=true')).entries).toHaveLength(
    1,
  );
  expect(await get('?recordedFrom=2024-02-02&recordedTo=2024-02-01')).toMatchObject({ code: 'audit.order' });
});

it('gives all that fit as CSV', async () => {
  const response = await fetched('?sort=recorded&format=csv');
  const lines = (await response.text()).trim().split('\n');
  expect(lines.length - 1).toBe((await get<TrailCount>('/total?sort=recorded')).entries);
  expect(lines.at(-1)).toContain(`周莲都,${clerk.person}`);
});

it('gives them as a workbook with names, local times and numbers', async () => {
  const response = await fetched('?person=周莲&format=xlsx');
  expect(response.headers.get('content-disposition')).toContain('audit.xlsx');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await response.arrayBuffer());
  const [head, row] = workbook.getWorksheet('审计轨迹')!.getRows(1, 2)!;
  const cell = (name: string) => row!.getCell((head!.values as string[]).indexOf(name)).value;
  expect([cell('经办人'), cell('经办人编号'), cell('新数')]).toEqual(['周莲都', clerk.person, 9]);
  // 08:00 in Asia/Shanghai; a workbook has no time zones.
  expect(cell('录入时间')).toEqual(new Date('2024-03-01T08:00:00.000Z'));
  const said = workbook
    .getWorksheet('说明')!
    .getRows(1, 4)!
    .map((each) => each.values);
  expect(said).toContainEqual([undefined, '经办人', '周莲']);
});

it('shows one event whole', async () => {
  const [{ position }] = (await get<TrailPage>('?person=周莲')).entries as [TrailPage['entries'][number]];
  const record = await get<EventRecord>(`/events/${position}`);
  expect(record).toMatchObject({
    entry: { label: '更正', reason: '核对台账', actor: { name: '周莲都' }, evidence: [{ title: '台账' }] },
    previous: { label: '上报' },
  });
  expect(await get('/events/999999')).toMatchObject({ status: 404, code: 'audit.unknown-event' });
  expect(await get('/events/first')).toMatchObject({ status: 400, code: 'position.malformed' });
});
