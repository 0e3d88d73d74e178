import fc from 'fast-check';
import { overlap, type Grant } from './grants.js';
import { heldApart } from './held-apart.js';
import { roleNames, type RoleName } from './roles.js';

const plan = 'lishui';
const grant = (role: RoleName, more: Partial<Grant> = {}): Grant => ({
  grant: `g-${role}`,
  role,
  from: '2026-01-01T00:00:00.000Z',
  ...more,
});

const ruleOf = (a: Grant, b: Grant): string | undefined => heldApart(a, [b])?.rule;

describe('roles that one person may not hold together', () => {
  it.each([
    ['system-admin', 'security-admin', '三权分立'],
    ['system-admin', 'auditor', '三权分立'],
    ['security-admin', 'auditor', '三权分立'],
    ['auditor', 'reporter', '只读不写'],
    ['auditor', 'reviewer', '只读不写'],
    ['auditor', 'corrector', '只读不写'],
    ['auditor', 'backfill', '只读不写'],
    ['auditor', 'plan-manager', '只读不写'],
    ['auditor', 'evaluator', '只读不写'],
    ['auditor', 'evaluation-lead', '只读不写'],
    ['auditor', 'external-evaluator', '只读不写'],
    ['external-evaluator', 'reporter', '第三方'],
    ['external-evaluator', 'leader', '第三方'],
    ['external-evaluator', 'evaluation-lead', '第三方'],
  ] as const)('%s and %s', (a, b, words) => {
    expect(ruleOf(grant(a), grant(b))).toContain(words);
    expect(ruleOf(grant(b), grant(a))).toContain(words);
  });

  it.each([
    ['reporter', 'reviewer'],
    ['reviewer', 'corrector'],
    ['auditor', 'leader'],
    ['evaluator', 'plan-manager'],
    ['external-evaluator', 'system-admin'],
    ['system-admin', 'reporter'],
  ] as const)('but %s and %s may be held together', (a, b) => {
    expect(ruleOf(grant(a), grant(b))).toBeUndefined();
  });

  it('twice the same role is no matter', () => {
    for (const role of roleNames) expect(ruleOf(grant(role), grant(role))).toBeUndefined();
  });

  it('a third-party evaluator may have a role in another plan', () => {
    const external = grant('external-evaluator', { plan });
    expect(ruleOf(external, grant('reporter', { plan: 'other' }))).toBeUndefined();
    expect(ruleOf(external, grant('reporter', { plan }))).toBeDefined();
    expect(ruleOf(external, grant('reporter'))).toBeDefined();
  });

  it('an auditor writes in no plan, whichever the audit is of', () => {
    expect(ruleOf(grant('auditor', { plan }), grant('reporter', { plan: 'other' }))).toContain('只读不写');
  });

  it('names the grant that stands in the way', () => {
    const [leader, reporter] = [grant('leader'), grant('reporter')];
    expect(heldApart(grant('auditor'), [leader, reporter])?.other).toBe(reporter);
  });

  it('one may follow the other: a grant that ends as the other begins does not overlap it', () => {
    const moment = '2026-06-01T00:00:00.000Z';
    const ending = grant('reporter', { until: moment });
    expect(ruleOf(grant('auditor', { from: moment }), ending)).toBeUndefined();
    expect(ruleOf(grant('auditor', { from: '2026-05-31T23:59:59.999Z' }), ending)).toBeDefined();
  });
});

describe('for any grants', () => {
  const moment = fc.integer({ min: 0, max: 40 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString());
  const anyGrant = fc
    .record({
      grant: fc.constantFrom('g1', 'g2', 'g3'),
      role: fc.constantFrom(...roleNames),
      from: moment,
      length: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
      plan: fc.constantFrom(undefined, 'one', 'two'),
    })
    .map(({ length, plan: chosen, ...rest }): Grant => ({
      ...rest,
      ...(chosen !== undefined && { plan: chosen }),
      ...(length !== undefined && { until: new Date(Date.parse(rest.from) + length * 86_400_000).toISOString() }),
    }));

  it('the rule is the same from both sides', () => {
    fc.assert(fc.property(anyGrant, anyGrant, (a, b) => expect(ruleOf(a, b)).toBe(ruleOf(b, a))));
  });

  it('whether there is one does not depend on the order of the grants that are held', () => {
    fc.assert(
      fc.property(anyGrant, fc.array(anyGrant, { maxLength: 6 }), (added, held) => {
        expect(heldApart(added, held.toReversed()) === undefined).toBe(heldApart(added, held) === undefined);
      }),
    );
  });

  it('grants that do not overlap in time are never held apart', () => {
    fc.assert(
      fc.property(anyGrant, fc.array(anyGrant, { maxLength: 6 }), (added, held) => {
        expect(
          heldApart(
            added,
            held.filter((each) => !overlap(each, added)),
          ),
        ).toBeUndefined();
      }),
    );
  });
});
