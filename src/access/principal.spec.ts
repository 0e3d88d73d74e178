import fc from 'fast-check';
import type { Grant } from './grants.js';
import {
  allowed,
  allowedSomewhere,
  currentPrincipal,
  externalGrant,
  isExternal,
  knowsPlan,
  operator,
  seesAll,
  seesNames,
  setPrincipal,
  unitsGranted,
  unitsSeen,
  withRequest,
  type Principal,
  type TokenScope,
} from './principal.js';
import { permissions, roleNames, type Permission, type RoleName } from './roles.js';

const names = Object.keys(permissions) as Permission[];
const granted = (role: RoleName, more: Partial<Grant> = {}): Grant => ({
  grant: `g-${role}`,
  role,
  from: '2026-01-01T00:00:00.000Z',
  ...more,
});
const person = (...grants: Grant[]): Principal => ({ id: 'p_a', means: 'web', grants });

const plan = fc.constantFrom('one', 'two');
const unit = fc.constantFrom('city', 'county', 'other');
const anyGrant = fc
  .record({ role: fc.constantFrom(...roleNames), plan: fc.option(plan), unit: fc.option(unit) })
  .map((each) => granted(each.role, { ...(each.plan && { plan: each.plan }), ...(each.unit && { unit: each.unit }) }));
const anyToken = fc
  .record({ permissions: fc.subarray(names), plan: fc.option(plan), unit: fc.option(unit) })
  .map((each): TokenScope => ({
    token: 't_a',
    permissions: each.permissions,
    ...(each.plan && { plan: each.plan }),
    ...(each.unit && { unit: each.unit }),
  }));
const anyGrants = fc.array(anyGrant, { maxLength: 4 });
const over = fc.record({ plan, units: fc.subarray(['county', 'city', 'other'], { minLength: 1 }) });
const wholePlan = fc.record({ plan });
const anything = fc.oneof(over, wholePlan);
const permission = fc.constantFrom(...names);

describe('for any grants', () => {
  it('what is allowed over something of a plan is allowed somewhere in it, and the plan is known', () => {
    fc.assert(
      fc.property(
        anyGrants,
        fc.option(anyToken, { nil: undefined }),
        permission,
        anything,
        (grants, token, may, of) => {
          const principal: Principal = { ...person(...grants), ...(token && { token }) };
          const ofPlans = grants.filter(({ role }) => !['system-admin', 'security-admin'].includes(role));
          const asPlanRoles = { ...principal, grants: ofPlans };
          fc.pre(allowed(asPlanRoles, may, of));
          expect(allowedSomewhere(principal, may, of.plan)).toBe(true);
          expect(knowsPlan(principal, of.plan)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a token gives nothing that its person may not', () => {
    fc.assert(
      fc.property(anyGrants, anyToken, permission, anything, (grants, token, may, of) => {
        const own = person(...grants);
        const program: Principal = { ...own, means: 'token', token };
        if (allowed(program, may, of)) {
          expect(allowed(own, may, of)).toBe(true);
          expect(token.permissions).toContain(may);
        }
        if (allowedSomewhere(program, may, of.plan)) expect(allowedSomewhere(own, may, of.plan)).toBe(true);
        if (allowedSomewhere(program, may)) expect(allowedSomewhere(own, may)).toBe(true);
        if (knowsPlan(program, of.plan)) expect(knowsPlan(own, of.plan)).toBe(true);
        if (seesAll(program, of.plan)) expect(seesAll(own, of.plan)).toBe(true);
        expect(seesNames(program)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('nobody without a grant is allowed anything, and the operator everything', () => {
    fc.assert(
      fc.property(permission, anything, (may, of) => {
        expect([allowed(person(), may, of), allowedSomewhere(person(), may, of.plan)]).toEqual([false, false]);
        expect([allowed(operator, may, of), allowedSomewhere(operator, may, of.plan)]).toEqual([true, true]);
      }),
    );
  });
});

describe('what concerns the installation', () => {
  it('is not for who has the role for one plan only', () => {
    const ofOne = person(granted('auditor', { plan: 'one' }));
    expect(allowedSomewhere(ofOne, 'log.prove')).toBe(false);
    expect(allowedSomewhere(ofOne, 'log.prove', 'one')).toBe(true);
    expect(allowedSomewhere(ofOne, 'log.prove', 'two')).toBe(false);
    expect(allowedSomewhere(person(granted('auditor')), 'log.prove')).toBe(true);
  });

  it('nor for a token that is for one plan only', () => {
    const token: TokenScope = { token: 't_a', permissions: ['log.prove'], plan: 'one' };
    const program: Principal = { ...person(granted('auditor')), means: 'token', token };
    expect(allowedSomewhere(program, 'log.prove')).toBe(false);
    expect(allowedSomewhere(program, 'log.prove', 'one')).toBe(true);
  });

  it('does not let administrators know of plans', () => {
    for (const role of ['system-admin', 'security-admin'] as const) {
      expect(knowsPlan(person(granted(role)), 'one')).toBe(false);
      expect(seesAll(person(granted(role)), 'one')).toBe(false);
    }
  });
});

describe('a token for a unit', () => {
  const token: TokenScope = { token: 't_a', permissions: ['plans.define', 'figures.report'], unit: 'county' };
  const program = (...grants: Grant[]): Principal => ({ ...person(...grants), means: 'token', token });

  it('is for nothing that concerns the plan whole', () => {
    expect(allowed(program(granted('plan-manager')), 'plans.define', { plan: 'one' })).toBe(false);
    expect(allowed(program(granted('reporter')), 'figures.report', { plan: 'one', units: ['county', 'city'] })).toBe(
      true,
    );
    expect(allowed(program(granted('reporter')), 'figures.report', { plan: 'one', units: ['other', 'city'] })).toBe(
      false,
    );
  });

  it('does not see all, whatever its person sees', () => {
    expect(seesAll(program(granted('evaluator')), 'one')).toBe(false);
    expect(seesAll({ ...program(granted('evaluator')), token: { token: 't_a', permissions: [] } }, 'one')).toBe(true);
  });
});

describe('values that are not approved', () => {
  it('are seen by who works for the unit, not by leaders and third parties', () => {
    const held = [
      granted('reporter', { unit: 'county' }),
      granted('leader', { unit: 'city' }),
      granted('reviewer', { plan: 'two', unit: 'other' }),
    ];
    expect(unitsSeen(person(...held), 'one')).toEqual(['county']);
    expect(unitsGranted(person(...held), 'one')).toEqual(['county', 'city']);
    expect(unitsSeen(person(granted('external-evaluator', { plan: 'one' })), 'one')).toEqual([]);
    expect(unitsSeen(person(granted('reviewer')), 'one')).toEqual([undefined]);
  });

  it.each(['plan-manager', 'evaluator', 'evaluation-lead', 'auditor'] as const)('are all seen by %s', (role) => {
    expect(seesAll(person(granted(role, { plan: 'one' })), 'one')).toBe(true);
    expect(seesAll(person(granted(role, { plan: 'one' })), 'two')).toBe(false);
  });
});

it('names are for people of the house, not for programs and third parties', () => {
  expect(seesNames(person(granted('reporter')))).toBe(true);
  expect(seesNames(person())).toBe(false);
  expect(seesNames(person(granted('external-evaluator')))).toBe(false);
  expect(seesNames({ ...person(granted('reporter')), means: 'token' })).toBe(false);
  expect(seesNames(operator)).toBe(true);
});

it('who takes part by invitation is external for that plan', () => {
  const external = granted('external-evaluator', { plan: 'one' });
  expect(externalGrant(person(external), 'one')).toBe(external);
  expect(externalGrant(person(external), 'two')).toBeUndefined();
  expect([isExternal(person(external)), isExternal(person(granted('leader')))]).toEqual([true, false]);
});

describe('who asks', () => {
  it('is nobody in a request until it is known, and the program itself outside of one', async () => {
    expect(currentPrincipal()).toBe(operator);
    await withRequest(async () => {
      expect(currentPrincipal()).toBeUndefined();
      setPrincipal(person());
      await Promise.resolve();
      expect(currentPrincipal()).toEqual(person());
    });
    expect(currentPrincipal()).toBe(operator);
  });

  it('is another one in another request at the same time', async () => {
    const seen = await Promise.all(
      ['p_a', 'p_b'].map((id) =>
        withRequest(async () => {
          setPrincipal({ ...person(), id });
          await new Promise(setImmediate);
          return currentPrincipal()?.id;
        }),
      ),
    );
    expect(seen).toEqual(['p_a', 'p_b']);
  });
});
