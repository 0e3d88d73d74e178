import { signUp } from '../../test/support/people.js';
import { lishui } from '../../test/support/seeds.js';
import { startTestServer, type TestServer } from '../../test/support/server.js';
import type { AppraisalRulesDocument } from '../appraisal-rules/appraisal-rules.projection.js';
import { defaultAppraisalRules } from '../appraisal-rules/appraisal-rules.js';
import type { OpenPoint } from '../evaluations/open-points.js';
import { sha256, canonicalJson } from '../kernel/json.js';
import { appraisalStream } from './appraisal.events.js';
import type { AppraisalSheet } from './plan-appraisal.js';
import type { ObjectionOfYear } from './objections.controller.js';
import { readSheets } from './stored-sheets.js';

/** The sheets of 2022 from the rules of the plan to the frozen ones, by people with their own rights. */

let server: TestServer;
type Who = 'clerk' | 'other' | 'countyReviewer' | 'cityReviewer' | 'lead' | 'manager';
const headers = {} as Record<Who, Record<string, string>>;
const county = '331102';
const year = `/api/plans/${lishui}/appraisal`;

beforeAll(async () => {
  server = await startTestServer();
  await server.post(`${server.plan}/deadlines`, { days: { A: 60 } });
  const people: Record<Who, Parameters<typeof signUp>[2][number] & { readonly of: string }> = {
    clerk: { role: 'reporter', plan: lishui, unit: county, of: county },
    other: { role: 'reporter', plan: lishui, unit: '331121', of: '331121' },
    countyReviewer: { role: 'reviewer', plan: lishui, unit: county, of: county },
    cityReviewer: { role: 'reviewer', plan: lishui, unit: '331100', of: '331100' },
    lead: { role: 'evaluation-lead', plan: lishui, of: '331100' },
    manager: { role: 'plan-manager', plan: lishui, of: '331100' },
  };
  for (const [who, { of, ...granted }] of Object.entries(people)) {
    headers[who as Who] = (await signUp(server, who, [granted], of)).headers;
  }
}, 60_000);
afterAll(() => server.close());

async function post(who: Who, path: string, body: object = {}) {
  const {
    status,
    body: answer,
    text,
  } = await server.post<{ code?: string; position?: string }>(path, body, headers[who]);
  return status === 200 ? answer.position : `${status} ${answer.code ?? text}`;
}
async function get<Body>(who: Who, path: string): Promise<Body> {
  const { status, body, text } = await server.get<Body>(path, headers[who]);
  if (status !== 200) throw new Error(text);
  return body;
}
const sheetFor = (who: Who, unit = county) => get<AppraisalSheet>(who, `${year}/${unit}?period=2022`);
const lateIn = ({ items }: AppraisalSheet) => items[0]!.lost.filter(({ count }) => count === 'late');
const reason = '当日系统停机，有运维记录';
const [timeliness, ...others] = defaultAppraisalRules.items;

it('the rules are the plan’s own once it sets them, and an earlier moment keeps the earlier ones', async () => {
  expect((await sheetFor('clerk')).rules).toMatchObject({ version: 0, source: defaultAppraisalRules.source });
  const rules = {
    source: '某市考核办法（示例）',
    objectionDays: 5,
    items: [{ ...timeliness, weight: '40' }, ...others],
  };
  expect(await post('clerk', `/api/plans/${lishui}/appraisal-rules`, rules)).toBe('403 access.no-right');
  const before = await server.engine.log.head();
  await post('manager', `/api/plans/${lishui}/appraisal-rules`, { ...rules, reason: '年度考核办法印发' });
  expect((await sheetFor('clerk')).rules).toEqual({ version: 1, ...rules });
  const earlier = await get<AppraisalSheet>('clerk', `${year}/${county}?period=2022&atPosition=${before}`);
  expect(earlier.rules.version).toBe(0);
  const read = (path: string) => get<AppraisalRulesDocument>('clerk', `/api/plans/${lishui}/appraisal-rules${path}`);
  expect([(await read('')).version, (await read(`?atPosition=${before}`)).version]).toEqual([1, 0]);
});

it('nobody objects before the sheets are put forth, which the lead does', async () => {
  const [deduction] = lateIn(await sheetFor('clerk'));
  const path = `${year}/2022/${county}/objections`;
  expect(await post('clerk', path, { deduction: deduction!.id, reason })).toBe('422 appraisal.not-put-forth');
  expect(await post('cityReviewer', `${year}/2022/putting-forth`)).toBe('403 access.no-right');
  expect(await post('lead', `${year}/2022/putting-forth`)).toMatch(/^\d+$/);
  const { putForth } = await sheetFor('clerk');
  expect(putForth).toMatchObject({ round: 1, isOpen: true });
  const content = await readSheets(server.engine.files, putForth!.contentHash);
  expect(sha256(canonicalJson(content))).toBe(putForth!.contentHash);
  const stored = `/api/plans/${lishui}/appraisal-sheets/${putForth!.contentHash}`;
  const { text } = await server.get(stored, headers.lead);
  expect(sha256(text)).toBe(putForth!.contentHash);
  expect((await server.get(stored, headers.clerk)).status).toBe(404);
  expect((await server.post(`${stored}/verification`, {}, headers.lead)).body).toEqual({
    ...{ period: '2022', asOf: content.asOf, contentHash: putForth!.contentHash },
    ...{ recomputedHash: putForth!.contentHash, stored: 'intact', reproduced: true },
  });
  const other = stored.replace(putForth!.contentHash, 'f'.repeat(64));
  expect((await server.get(other, headers.lead)).body).toMatchObject({ code: 'appraisal.unknown-sheets' });
  // The clerk sees the same as was stored of the unit.
  const { items, points } = await sheetFor('clerk');
  expect(content.sheets.find(({ unit }) => unit === county)).toMatchObject({ items, points });
});

it('a unit withdraws an objection before it is decided, and may object again', async () => {
  const path = `${year}/2022/${county}/objections`;
  const deduction = lateIn(await sheetFor('clerk'))[0]!.id;
  expect(await post('clerk', path, { deduction, reason })).toMatch(/^\d+$/);
  expect(await post('other', `${path}/1/withdrawal`, { reason })).toBe('404 access.unknown');
  expect(await post('cityReviewer', `${path}/1/withdrawal`, { reason })).toBe('403 access.no-right');
  expect(await post('clerk', `${path}/1/withdrawal`)).toBe('400 reason.missing');
  expect(await post('clerk', `${path}/1/withdrawal`, { reason: '依据有误' })).toMatch(/^\d+$/);
  expect((await sheetFor('clerk')).objections).toEqual([
    expect.objectContaining({ number: 1, withdrawn: expect.objectContaining({ reason: '依据有误' }) as object }),
  ]);
  const accept = { accepted: true, reason: '属实' };
  expect(await post('cityReviewer', `${path}/1/decision`, accept)).toBe('422 appraisal.objection-withdrawn');
});

it('a unit objects to its own sheet, and another unit decides: accepted, the points come back', async () => {
  const before = await sheetFor('clerk');
  const [first, second] = lateIn(before);
  const path = (unit: string) => `${year}/2022/${unit}/objections`;
  expect(await post('other', path(county), { deduction: first!.id, reason })).toBe('404 access.unknown');
  expect(await post('cityReviewer', path(county), { deduction: first!.id, reason })).toBe('403 access.no-right');
  expect(await post('clerk', path(county), { deduction: 'nothing', reason })).toBe('404 appraisal.unknown-deduction');
  const evidence = [{ title: '运维记录' }];
  expect(await post('clerk', path(county), { deduction: first!.id, reason, evidence })).toMatch(/^\d+$/);
  expect(await post('clerk', path(county), { deduction: second!.id, reason })).toMatch(/^\d+$/);

  const listed = (who: Who) => get<ObjectionOfYear[]>(who, `/api/plans/${lishui}/appraisal-objections`);
  expect((await listed('cityReviewer')).map(({ number }) => number).sort()).toEqual([1, 2, 3]);
  expect(await listed('other')).toEqual([]);

  const decision = (number: number) => `${year}/2022/${county}/objections/${number}/decision`;
  const accept = { accepted: true, reason: '运维记录属实' };
  expect(await post('clerk', decision(2), accept)).toBe('403 access.no-right');
  expect(await post('countyReviewer', decision(2), accept)).toBe('403 appraisal.own-unit');
  expect(await post('cityReviewer', decision(2), { accepted: true })).toBe('400 reason.missing');
  expect(await post('cityReviewer', decision(2), accept)).toMatch(/^\d+$/);
  expect(await post('lead', decision(3), { accepted: false, reason: '记录与日期不符' })).toMatch(/^\d+$/);

  const after = await sheetFor('clerk');
  expect(lateIn(after)[0]).toEqual({ ...first, points: '0', withdrawn: first!.points });
  expect(lateIn(after)[1]).toEqual(second);
  expect(Number(after.points) - Number(before.points)).toBeCloseTo(Number(first!.points), 6);
  expect(after.objections.slice(1)).toMatchObject([
    { number: 2, deduction: first!.id, reason, evidence, decided: { accepted: true, reason: '运维记录属实' } },
    { number: 3, deduction: second!.id, decided: { accepted: false, reason: '记录与日期不符' } },
  ]);
  const events = await server.engine.log.readStream(appraisalStream(lishui, '2022'));
  expect(events.map(({ type }) => type)).toEqual([
    'AppraisalPutForth',
    ...['DeductionObjected', 'ObjectionWithdrawn'],
    ...['DeductionObjected', 'DeductionObjected', 'ObjectionDecided', 'ObjectionDecided'],
  ]);
  expect(events[3]!.metadata).toMatchObject({ reason, evidence, actor: { unit: county } });
});

it('publishing the annual evaluation freezes the sheets; what is open is accepted by name', async () => {
  const third = lateIn(await sheetFor('clerk'))[2]!;
  await post('clerk', `${year}/2022/${county}/objections`, { deduction: third.id, reason });
  const evaluation = `/api/plans/${lishui}/evaluations/annual-2022`;
  await post('lead', evaluation, { kind: 'annual', period: '2022' });
  await post('lead', `${evaluation}/snapshots`);
  const open = (await get<OpenPoint[]>('lead', `${evaluation}/snapshots/1/open-points`)).map(({ id }) => id);
  expect(open).toEqual(expect.arrayContaining(['appraisal:objection-period', 'appraisal:objection-4']));
  const without = open.filter((id) => id !== 'appraisal:objection-4');
  const publish = (acceptWarnings: string[]) =>
    post('lead', `${evaluation}/publication`, { snapshot: 1, acceptWarnings });
  expect(await publish(without)).toBe('422 evaluation.open-points');
  const before = await sheetFor('clerk');
  expect(await publish(open)).toMatch(/^\d+$/);

  const frozen = await sheetFor('clerk');
  const { contentHash } = frozen.frozen!;
  expect(frozen.frozen).toMatchObject({
    evaluation: 'annual-2022',
    contentHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
  expect([frozen.points, frozen.items, frozen.change]).toEqual([before.points, before.items, undefined]);
  const decision = `${year}/2022/${county}/objections/4/decision`;
  expect(await post('lead', decision, { accepted: true, reason })).toBe('422 appraisal.frozen');
  expect(await post('lead', `${year}/2022/putting-forth`)).toBe('422 appraisal.frozen');

  // Stricter rules, and a figure that comes late, change what would be, and not the sheet.
  const stricter = {
    source: '另一办法（示例）',
    objectionDays: 5,
    items: [{ ...timeliness, weight: '80' }, ...others],
  };
  await post('manager', `/api/plans/${lishui}/appraisal-rules`, { ...stricter, reason: '修订' });
  const later = await sheetFor('clerk');
  expect({ ...later, change: undefined }).toEqual(frozen);
  expect(later.rules.version).toBe(1);
  expect(later.change).toMatchObject({ rulesVersion: 2 });
  expect(later.change!.changed.length).toBeGreaterThan(0);
  const content = await readSheets(server.engine.files, contentHash);
  expect(sha256(canonicalJson(content))).toBe(contentHash);
});
