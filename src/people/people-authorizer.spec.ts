import type { Over } from '../access/grants.js';
import { mayAs, type Permission } from '../access/roles.js';
import { DomainError } from '../kernel/errors.js';
import type { Actor } from '../kernel/event.js';
import type { LoadState } from '../kernel/handling.js';
import { unknownPlan } from '../plans/plan.state.js';
import { stateOf } from '../../test/support/decider-spec.js';
import { personDecider, type PersonState } from './person.decider.js';
import { AccessEnded, PersonInvited, RoleGranted, TokenIssued } from './person.events.js';
import { PeopleAuthorizer } from './people-authorizer.js';

const id = 'p_abcdefghijklmnopqrst';
const now = '2026-03-01T00:00:00.000Z';
const from = '2026-01-01T00:00:00.000Z';
const until = '2026-12-31T00:00:00.000Z';
const authorizer = new PeopleAuthorizer(unknownPlan);
const web: Actor = { id, name: id, roles: ['reporter', 'reviewer', 'leader'], means: 'web' };
const program: Actor = { ...web, means: 'token', token: 't_a' };

const invited = PersonInvited.of({ unit: '331102' });
const reporter = RoleGranted.of({ grant: 'g1', role: 'reporter', plan: 'one', unit: '331102', from });
const reviewer = RoleGranted.of({ grant: 'g2', role: 'reviewer', plan: 'one', unit: '331100', from });
const corrector = RoleGranted.of({ grant: 'g3', role: 'corrector', plan: 'one', from });
const over: Over = { plan: 'one', units: ['331102', '331100'] };

/** The log has one person. */
const knowing =
  (person: PersonState): LoadState =>
  (decider, stream) =>
    Promise.resolve((stream.includes(id) ? person : decider.initialState) as typeof decider.initialState);

const authorize = (
  actor: Actor,
  permission: Permission | undefined,
  over: Over,
  ...events: Parameters<typeof stateOf>[1][]
) =>
  authorizer.authorize(
    actor,
    { ...(permission && { permission }), over },
    knowing(stateOf(personDecider, ...(events as []))),
    now,
  );

const refused = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw new Error('it was not refused');
  return `${error.kind} ${error.code}`;
};

it('imports and the operator pass as they are', async () => {
  for (const means of ['import', 'operator'] as const) {
    const actor: Actor = { id: 'loader', name: '装载员', roles: ['backfill'], means };
    await expect(authorize(actor, 'plans.define', { plan: 'one' })).resolves.toBe(actor);
  }
});

describe('the event names', () => {
  it('the roles in force over what the command is about, and their grants', async () => {
    const actor = await authorize(web, 'figures.report', over, invited, reporter, reviewer, corrector);
    expect(actor).toEqual({
      ...{ id, name: id, unit: '331102', means: 'web' },
      ...{ roles: ['reporter', 'reviewer', 'corrector'], grants: ['g1', 'g2', 'g3'] },
    });
    const elsewhere = { plan: 'one', units: ['331121', '331100'] };
    const above = await authorize(web, 'figures.approve', elsewhere, invited, reporter, reviewer, corrector);
    expect(above).toMatchObject({ unit: '331100', roles: ['reviewer', 'corrector'], grants: ['g2', 'g3'] });
  });

  it('the unit of the nearest grant that gives the permission, or of the person where it is for all units', async () => {
    const county = RoleGranted.of({ grant: 'g4', role: 'reviewer', plan: 'one', unit: '331102', from });
    expect((await authorize(web, 'figures.approve', over, invited, reviewer, county)).unit).toBe('331102');
    expect((await authorize(web, 'figures.correct', over, invited, corrector)).unit).toBe('331102');
  });

  it('the token by which it was done', async () => {
    const token = TokenIssued.of({ token: 't_a', title: '月报', permissions: ['figures.report'], until });
    const actor = await authorize(program, 'figures.report', over, invited, reporter, token);
    expect(actor).toMatchObject({ means: 'token', token: 't_a', permissions: ['figures.report'] });
  });
});

describe('is refused', () => {
  it('who was never invited, or whose access ended', async () => {
    expect(await refused(authorize(web, 'figures.report', over))).toBe('unauthenticated access.ended');
    expect(await refused(authorize(web, 'figures.report', over, invited, reporter, AccessEnded.of({})))).toBe(
      'unauthenticated access.ended',
    );
  });

  it('who has no role in the plan, as if the plan did not exist', async () => {
    expect(await refused(authorize(web, 'figures.report', { ...over, plan: 'two' }, invited, reporter))).toBe(
      'not-found plan.unknown',
    );
    const admin = RoleGranted.of({ grant: 'g1', role: 'system-admin', from });
    expect(await refused(authorize(web, 'people.invite', { plan: 'one' }, invited, admin))).toBe(
      'not-found plan.unknown',
    );
  });

  it('who has a role in the plan, but not for that', async () => {
    expect(await refused(authorize(web, 'figures.approve', over, invited, reporter))).toBe('forbidden access.no-right');
  });

  it('who has it for another unit, as if there were nothing', async () => {
    const other = { plan: 'one', units: ['331121', '331100'] };
    expect(await refused(authorize(web, 'figures.report', other, invited, reporter))).toBe('not-found access.unknown');
    expect(await refused(authorize(web, 'figures.report', { plan: 'one' }, invited, reporter))).toBe(
      'not-found access.unknown',
    );
  });

  it('whose role is over, or has not begun', async () => {
    const past = RoleGranted.of({ ...reporter.data, until: now });
    const future = RoleGranted.of({ ...reporter.data, from: '2026-03-01T00:00:00.001Z' });
    for (const role of [past, future]) {
      expect(await refused(authorize(web, 'figures.report', over, invited, role))).toBe('not-found plan.unknown');
    }
  });

  it('a third party in an evaluation to which it was not invited', async () => {
    const external = RoleGranted.of({
      ...{ grant: 'g1', role: 'external-evaluator', plan: 'one', from, until, moment: from, evaluations: ['midterm'] },
    });
    const judge = (evaluation: string) =>
      authorize(web, 'evaluations.find', { plan: 'one', evaluation }, invited, external);
    await expect(judge('midterm')).resolves.toMatchObject({ roles: ['external-evaluator'] });
    expect(await refused(judge('final'))).toBe('not-found access.unknown');
  });
});

describe('a token', () => {
  const token = (more: object = {}) =>
    TokenIssued.of({ token: 't_a', title: '月报', permissions: ['figures.report'], until, ...more });
  const correcting = { permissions: ['figures.correct'] };
  const by = (...events: Parameters<typeof stateOf>[1][]) =>
    authorize(program, 'figures.report', over, invited, ...events);

  it('that ended, was revoked or was never issued is none', async () => {
    for (const issued of [[], [token({ until: now })], [token({ token: 't_b' })]]) {
      expect(await refused(by(reporter, ...issued))).toBe('unauthenticated access.ended');
    }
  });

  it('is for its permissions, its plan and its unit', async () => {
    expect(await refused(by(reporter, token({ permissions: ['plans.read'] })))).toBe('forbidden access.no-right');
    expect(await refused(by(reporter, token({ plan: 'two' })))).toBe('not-found plan.unknown');
    expect(await refused(by(reporter, token({ unit: '331121' })))).toBe('not-found access.unknown');
    await expect(by(reporter, token({ unit: '331102', plan: 'one' }))).resolves.toMatchObject({ token: 't_a' });
  });

  it('for one plan is for nothing beyond it', async () => {
    const admin = RoleGranted.of({ grant: 'g1', role: 'security-admin', from });
    const issued = token({ permissions: ['roles.grant'], plan: 'one' });
    expect(await refused(authorize(program, 'roles.grant', {}, invited, admin, issued))).toBe(
      'forbidden access.no-right',
    );
  });

  it('lets no right of the roles through but its own', async () => {
    const actor = await authorize(program, 'figures.correct', over, invited, corrector, token(correcting));
    expect(actor).toMatchObject({ roles: ['corrector'], permissions: ['figures.correct'] });
    expect([mayAs(actor, 'figures.correct'), mayAs(actor, 'figures.correct-locked')]).toEqual([true, false]);
    const person = await authorize(web, 'figures.correct', over, invited, corrector);
    expect(mayAs(person, 'figures.correct-locked')).toBe(true);
  });

  it('is for no more than its person', async () => {
    expect(await refused(by(reviewer, token()))).toBe('forbidden access.no-right');
  });
});

it('what persons may do about themselves needs no permission, but access', async () => {
  await expect(authorize(web, undefined, {}, invited, reporter)).resolves.toMatchObject({ id, roles: ['reporter'] });
  expect(await refused(authorize(web, undefined, {}, invited, AccessEnded.of({})))).toBe(
    'unauthenticated access.ended',
  );
});
