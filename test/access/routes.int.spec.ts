import { roleNames, roleTable, type RoleName } from '../../src/access/roles.js';
import type { ProblemDetails } from '../../src/http/api-models.js';
import { controllersOf } from '../../src/http/app.module.js';
import { guardedRoutes, type GuardedRoute } from '../../src/http/rights.js';
import { reachOf, type Reach } from '../../src/http/role-table.js';
import { slices } from '../../src/slices.js';
import { createInstallation, type Installation } from '../support/house.js';
import { asOperator } from '../support/operator.js';
import { signUp } from '../support/people.js';
import { serve, type TestServer } from '../support/server.js';
import { smallPlan } from '../support/small-plan.js';

/** Every route × every role × own unit, another unit and another plan: a running server answers as docs/access.md says. */

const routes = guardedRoutes(controllersOf(slices)).map((route) => ({
  ...route,
  name: `${route.method} ${route.path}`,
}));
type Route = (typeof routes)[number];
const [plan, otherPlan, ownUnit, otherUnit] = ['small', 'other', '331102', '331121'];

/** What a request needs so that the right, not the input, decides. */
const bodies: Readonly<Record<string, object>> = {
  'figures/:code/:unit/:period/measurement': { value: '1' },
  'figures/:code/:unit/:period/missing': { because: 'not-due', reason: '未到期' },
  'figures/:code/:unit/:period/return': { reason: '与台账不符' },
  'figures/:code/:unit/:period/corrections': { value: '2', reason: '复核' },
  'figures/:code/:unit/:period/withdrawal': { reason: '误报' },
  'figures/:code/:unit/:period/anomalies/:kind/explanation': { text: '新建机构' },
  'figures/:code/:unit/:period/anomalies/:kind/explanation/judgement': { accepted: true },
  'appraisal/:period/:unit/objections': { deduction: 'quality/marks', reason: '已说明' },
  'appraisal/:period/:unit/objections/:number/withdrawal': { reason: '依据有误' },
  'appraisal/:period/:unit/objections/:number/decision': { accepted: true, reason: '属实' },
};
const isAboutFigure = ({ path, right }: Route) =>
  right.kind === 'command' && path.includes('figures/:code/:unit/:period');

/** How access is refused; any other answer is for somebody who is let in. */
type Outcome = 'let in' | '401' | '403' | '404';
const unknown = ['plan.unknown', 'route.unknown', 'access.unknown'];

let installation: Installation;
let server: TestServer;
let victim: string;
const tokens = new Map<string, Record<string, string>>();
const persons = new Map<string, string>();

beforeAll(async () => {
  installation = await createInstallation();
  server = await serve(installation.data);
  const parent = "{ code: '331102', name: 莲都区, level: county, parent: '331100' }";
  const counties: ['plan.yaml', string, string] = [
    ...(['plan.yaml', parent] as const),
    `${parent}\n  - { code: '331121', name: 青田县, level: county, parent: '331100' }`,
  ];
  await server.engine.submissions.submit(smallPlan(counties));
  const renamed: ['plan.yaml', string, string] = ['plan.yaml', 'plan: small', 'plan: other'];
  await server.engine.submissions.submit(smallPlan(counties, renamed, ['plan.yaml', '小规划', '另一规划']));
  for (const role of roleNames) {
    const { scope } = roleTable.roles[role];
    const granted = {
      ...(scope !== 'installation' && role !== 'auditor' && { plan }),
      ...(scope === 'unit' && { unit: ownUnit }),
      ...(role === 'external-evaluator' && { until: '2099-12-31', moment: '2026-06-30', evaluations: ['E1'] }),
    };
    await join(role, role, granted);
  }
  await join('auditor of one plan', 'auditor', { plan });
  ({ person: victim } = await signUp(server, '某人', []));
  await server.engine.caughtUp();
}, 60_000);
afterAll(async () => {
  await server.close();
  await installation.remove();
});

async function join(name: string, role: RoleName, granted: object): Promise<void> {
  const { person, headers } = await signUp(server, name, [{ role, ...granted }]);
  tokens.set(name, headers);
  persons.set(name, person);
}

interface Asked {
  readonly plan?: string;
  readonly unit?: string;
  readonly person?: string;
  /** Named in the query. */
  readonly planInQuery?: string;
}

async function outcome(route: Route, headers: Record<string, string>, asked: Asked = {}): Promise<Outcome> {
  const values: Record<string, string> = {
    ...{
      plan,
      unit: ownUnit,
      person: victim,
      code: '03',
      period: '2023',
      position: '1',
      id: 'E1',
      number: '1',
      kind: 'jump',
      resource: 'projects',
    },
    ...{ role: 'reporter', grant: 'g1', token: 't_aaaaaaaaaaaaaaaaaaaa' },
    ...asked,
  };
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => values[name]!);
  const query = asked.planInQuery === undefined ? '' : `?plan=${asked.planInQuery}`;
  const response = await fetch(`${server.url}/api/${path}${query}`, {
    method: route.method,
    redirect: 'manual',
    headers: { ...headers, ...(route.method === 'POST' && { 'content-type': 'application/json' }) },
    ...(route.method === 'POST' && { body: JSON.stringify(bodies[route.path.replace('plans/:plan/', '')] ?? {}) }),
  });
  const { status } = response;
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    // It goes on until somebody ends it.
    await response.body!.cancel();
    return 'let in';
  }
  const text = await response.text();
  if (status !== 401 && status !== 403 && status !== 404) return 'let in';
  const { code } = JSON.parse(text) as ProblemDetails;
  if (status === 404 && !unknown.includes(code)) return 'let in';
  // A token or the operator has no account of its own; that is said after it was let in.
  if (code === 'session.needed') return 'let in';
  return String(status) as Outcome;
}

/** What the table says of a request about one's own unit and plan. */
const expectedOf = (route: GuardedRoute, role: RoleName, reach: Reach): Outcome => {
  if (reach !== 'no') return 'let in';
  const isHidden = route.path.includes(':plan') && roleTable.roles[role].scope === 'installation';
  return isHidden || route.method === 'GET' ? '404' : '403';
};

/** The requests that the server ends or changes something with come last. */
const inOrder = routes.toSorted((a, b) => Number(a.path.includes('end')) - Number(b.path.includes('end')));

it('who is not signed in is let in to open routes only', async () => {
  for (const route of inOrder) {
    // A wrong password or link is answered with 401, too.
    if (route.right.kind === 'open') continue;
    expect({ route: route.name, is: await outcome(route, {}) }).toEqual({ route: route.name, is: '401' });
  }
  const open = routes.filter(({ right }) => right.kind === 'open').map(({ name }) => name);
  expect(open.sort()).toEqual([
    ...[
      'GET demonstration',
      'GET health/live',
      'GET health/ready',
      'GET oidc/callback',
      'GET oidc/start',
      'GET sign-in',
      'GET status',
    ],
    ...['POST demonstration/:role/session', 'POST invitations', 'POST invitations/look', 'POST invitations/oidc'],
    'POST session',
  ]);
});

describe.each(roleNames)('%s', (role) => {
  const as = () => tokens.get(role)!;
  const guarded = inOrder.filter(({ right }) => right.kind !== 'open');

  it('is let in over their own unit and plan as the table says', async () => {
    for (const route of guarded) {
      const reach = reachOf(route, role);
      const own = route.right.kind === 'command' && route.right.own && reach === 'own';
      const asked = own ? { person: persons.get(role)! } : {};
      const expected = expectedOf(route, role, reach);
      const named = { role, route: route.name, reach };
      expect({ ...named, is: await outcome(route, as(), asked) }).toEqual({ ...named, is: expected });
      if (own) expect({ ...named, is: await outcome(route, as()) }).toEqual({ ...named, is: '403' });
    }
  });

  it('does not find another unit for which they have no role', async () => {
    for (const route of guarded.filter((each) => isAboutFigure(each) && reachOf(each, role) === 'unit')) {
      const named = { role, route: route.name };
      expect({ ...named, is: await outcome(route, as(), { unit: otherUnit }) }).toEqual({ ...named, is: '404' });
      // Nor what there is not, which looks the same.
      expect({ ...named, is: await outcome(route, as(), { unit: '339999' }) }).toEqual({ ...named, is: '404' });
    }
  });

  it('does not find another plan in which they have no role', async () => {
    for (const route of guarded.filter(({ path }) => path.includes(':plan'))) {
      const named = { role, route: route.name };
      const expected = role === 'auditor' ? expectedOf(route, role, reachOf(route, role)) : '404';
      expect({ ...named, is: await outcome(route, as(), { plan: otherPlan }) }).toEqual({ ...named, is: expected });
    }
  });
});

it('an auditor of one plan reads what is of that plan, and nothing of the installation', async () => {
  const headers = tokens.get('auditor of one plan')!;
  for (const route of inOrder) {
    const reach = reachOf(route, 'auditor');
    const named = { route: route.name, reach };
    if (reach === 'all') expect({ ...named, is: await outcome(route, headers) }).toEqual({ ...named, is: '404' });
    if (reach !== 'plan' || route.path.includes(':plan')) continue;
    expect({ ...named, is: await outcome(route, headers) }).toEqual({ ...named, is: '404' });
    expect({ ...named, is: await outcome(route, headers, { planInQuery: plan }) }).toEqual({ ...named, is: 'let in' });
    expect({ ...named, is: await outcome(route, headers, { planInQuery: otherPlan }) }).toEqual({
      ...named,
      is: '404',
    });
  }
});

it('the operator of the machine is let in everywhere', async () => {
  for (const route of inOrder) {
    if (route.right.kind === 'open') continue;
    expect({ route: route.name, is: await outcome(route, asOperator) }).toEqual({ route: route.name, is: 'let in' });
  }
});
