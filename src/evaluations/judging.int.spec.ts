import type { ProblemDetails } from '../http/api-models.js';
import { createInstallation, type Installation } from '../../test/support/house.js';
import { signUp } from '../../test/support/people.js';
import { serve, type TestServer } from '../../test/support/server.js';
import { smallPlan } from '../../test/support/small-plan.js';
import type { EvaluationDocument } from './evaluation.projection.js';
import type { Judgement } from './judgement.js';
import type { OpenPoint } from './open-points.js';

/** Judging over HTTP, by people with their own rights. */

const [plan, own, other] = ['small', '331102', '331121'];
const base = `/api/plans/${plan}/evaluations`;
const item = `indicator/03/${own}`;
const participants = [
  { standing: 'self', name: '各县（市、区）' },
  { standing: 'third-party', name: '某评估机构' },
  { standing: 'authority', name: '市局' },
];
const verdict = (standing: string, step: string, about = item) => ({
  ...{ item: about, standing, scale: 'five', step, ground: '见核查记录' },
});

let installation: Installation;
let server: TestServer;
const people = new Map<string, Record<string, string>>();

beforeAll(async () => {
  installation = await createInstallation();
  server = await serve(installation.data);
  const county = `{ code: '${own}', name: 莲都区, level: county, parent: '331100' }`;
  const neighbour = `${county}\n  - { code: '${other}', name: 青田县, level: county, parent: '331100' }`;
  await server.engine.submissions.submit(smallPlan(['plan.yaml', county, neighbour]));
  for (const unit of [own, other]) await join(`填报员 ${unit}`, { role: 'reporter', unit });
  await join('审核员', { role: 'reviewer', unit: '331100' });
  await join(`审核员 ${other}`, { role: 'reviewer', unit: other });
  await join('评估员', { role: 'evaluator' });
  await join('负责人', { role: 'evaluation-lead' });
  for (const evaluations of [['E1'], ['E2']]) {
    await join(`第三方 ${evaluations[0]}`, {
      role: 'external-evaluator',
      until: '2099-12-31',
      moment: '2026-06-30',
      evaluations,
    });
  }
  for (const id of ['E1', 'E2']) {
    expect(await sent('评估员', `${base}/${id}`, { kind: 'annual', period: '2022', participants })).toBe(200);
  }
  await server.engine.caughtUp();
}, 60_000);
afterAll(async () => {
  await server.close();
  await installation.remove();
});

async function join(
  name: string,
  granted: {
    role: 'reporter' | 'reviewer' | 'evaluator' | 'evaluation-lead' | 'external-evaluator';
    [more: string]: unknown;
  },
) {
  people.set(name, (await signUp(server, name, [{ plan, ...granted }])).headers);
}

async function sent(who: string, path: string, body: object): Promise<number | string> {
  const { status, body: answer } = await server.post<ProblemDetails>(path, body, people.get(who));
  return status === 200 ? 200 : `${status} ${answer.code}`;
}

const got = async <Body>(who: string, path: string): Promise<Body> => {
  await server.engine.caughtUp();
  const { status, body } = await server.get<Body>(path, people.get(who));
  expect({ path, status }).toEqual({ path, status: 200 });
  return body;
};

it.each<[who: string, standing: string, about: string, answer: number | string]>([
  [`填报员 ${own}`, 'self', item, 200],
  [`填报员 ${other}`, 'self', item, '404 access.unknown'],
  [`填报员 ${own}`, 'self', 'plan', '404 access.unknown'],
  [`填报员 ${own}`, 'authority', item, '403 access.no-right'],
  ['审核员', 'authority', item, 200],
  [`审核员 ${other}`, 'authority', item, '404 access.unknown'],
  ['评估员', 'third-party', item, '403 access.no-right'],
  ['评估员', 'experts', item, '400 verdict.standing'],
  ['第三方 E1', 'third-party', item, 200],
  ['第三方 E2', 'third-party', item, '404 access.unknown'],
  ['第三方 E1', 'third-party', `indicator/04/${own}`, '400 verdict.unknown-item'],
  ['第三方 E1', 'third-party', 'area/A1', 200],
  ['第三方 E1', 'third-party', 'area/A9', '400 verdict.unknown-item'],
])('%s judges as %s on %s: %s', async (who, standing, about, answer) => {
  expect(
    await sent(who, `${base}/E1/verdicts`, verdict(standing, standing === 'self' ? 'early' : 'behind', about)),
  ).toBe(answer);
});

it('only its assessor revises a verdict, over the same right', async () => {
  const revised = { scale: 'five', step: 'nearly', ground: '补充材料', reason: '补充了材料' };
  expect(await sent(`填报员 ${other}`, `${base}/E1/verdicts/1/revisions`, revised)).toBe('404 access.unknown');
  expect(await sent('审核员', `${base}/E1/verdicts/1/revisions`, revised)).toBe('403 access.no-right');
  for (const change of ['revisions', 'withdrawal']) {
    const body = change === 'revisions' ? revised : { reason: '误' };
    expect(await sent(`审核员 ${other}`, `${base}/E1/verdicts/2/${change}`, body)).toBe('404 access.unknown');
  }
  expect(await sent('第三方 E1', `${base}/E1/verdicts/2/withdrawal`, { reason: '误' })).toBe('403 access.no-right');
  expect(await sent('审核员', `${base}/E1/verdicts/2/revisions`, revised)).toBe(200);
});

it('verdicts stand side by side, beside what was computed', async () => {
  const { items, things } = await got<Judgement>('评估员', `${base}/E1/judgement`);
  expect(items.map((each) => [each.item, each.verdicts.map(({ shown }) => shown.word), each.disagreement])).toEqual([
    ['area/A1', ['进展滞后'], 0],
    [item, ['提前完成', '基本完成', '进展滞后'], 3],
  ]);
  expect(items[1]).toMatchObject({ name: '03 康养联合体数（莲都区）', unit: own, toDiscuss: true });
  expect(things.map((each) => each.item)).toEqual(
    expect.arrayContaining(['plan', `indicator/03/${other}`, 'criterion/coherence']),
  );
});

it('a reporter sees the scheme and their own verdicts only', async () => {
  const seen = await got<EvaluationDocument>(`填报员 ${own}`, `${base}/E1`);
  expect(seen).toMatchObject({ participants, findings: [], snapshots: [] });
  expect(seen.verdicts.map(({ number }) => number)).toEqual([1]);
  expect((await got<Judgement>(`填报员 ${other}`, `${base}/E1/judgement`)).items).toEqual([]);
});

it('the lead concludes, and accepts by name what is open', async () => {
  const taken = await server.post(`${base}/E1/snapshots`, {}, people.get('评估员'));
  expect(taken.status).toBe(200);
  expect(await sent('评估员', `${base}/E1/publication`, { snapshot: 1 })).toBe('403 access.no-right');
  expect(await sent('负责人', `${base}/E1/publication`, { snapshot: 1 })).toBe('422 evaluation.open-points');
  const openPoints = () => got<OpenPoint[]>('负责人', `${base}/E1/snapshots/1/open-points`);
  expect((await openPoints())[0]).toEqual({
    id: `disagreement:${item}`,
    text: expect.stringContaining('相差 3 档'),
  });
  const { standing: _, ...concluded } = verdict('', 'nearly');
  expect(await sent('评估员', `${base}/E1/conclusions`, concluded)).toBe('403 access.no-right');
  expect(await sent('负责人', `${base}/E1/conclusions`, concluded)).toBe(200);
  const left = (await openPoints()).map(({ id }) => id);
  expect(left).toContain('readiness:waiting');
  expect(left).not.toContain(`disagreement:${item}`);
  expect(await sent('负责人', `${base}/E1/publication`, { snapshot: 1, acceptWarnings: left })).toBe(200);
  expect(await got<EvaluationDocument>('填报员 331121', `${base}/E1`)).toMatchObject({ published: 1, accepted: left });
  expect(await sent('第三方 E1', `${base}/E1/lessons`, { text: '做法' })).toBe('422 evaluation.published');
});

it('superseding says why', async () => {
  expect(await sent('负责人', `${base}/E1/succession`, { by: 'E2' })).toBe('400 reason.missing');
  expect(await sent('负责人', `${base}/E1/succession`, { by: 'E2', reason: '补报后重评' })).toBe(200);
  expect(await got<EvaluationDocument>('评估员', `${base}/E1`)).toMatchObject({ supersededBecause: '补报后重评' });
});
