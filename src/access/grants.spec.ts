import fc from 'fast-check';
import { covers, gives, isForPlan, isInForce, overlap, sharePlan, type Grant } from './grants.js';

const [january, june, december] = ['2026-01-01', '2026-06-01', '2026-12-01'].map((day) => `${day}T00:00:00.000Z`) as [
  ...[string, string, string],
];
const grant = (more: Partial<Grant> = {}): Grant => ({ grant: 'g1', role: 'reporter', from: january, ...more });

describe('a grant is in force', () => {
  it('from its first moment up to, but without, its last', () => {
    const until = { until: june };
    expect(isInForce(grant(until), january)).toBe(true);
    expect(isInForce(grant(until), '2026-05-31T23:59:59.999Z')).toBe(true);
    expect(isInForce(grant(until), june)).toBe(false);
    expect(isInForce(grant(until), '2025-12-31T23:59:59.999Z')).toBe(false);
  });

  it('for good without an end', () => expect(isInForce(grant(), '2099-01-01T00:00:00.000Z')).toBe(true));
});

describe('grants overlap', () => {
  it('where there is a moment at which both hold', () => {
    expect(overlap({ from: january, until: june }, { from: june })).toBe(false);
    expect(overlap({ from: january }, { from: december })).toBe(true);
    const day = fc.integer({ min: 0, max: 20 });
    const at = (number: number) => new Date(Date.UTC(2026, 0, 1 + number)).toISOString();
    const span = fc.tuple(day, fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }));
    fc.assert(
      fc.property(span, span, ([a, forA], [b, forB]) => {
        const first = { from: at(a), ...(forA && { until: at(a + forA) }) };
        const second = { from: at(b), ...(forB && { until: at(b + forB) }) };
        const both = Array.from({ length: 40 }, (_, number) => at(number)).some(
          (moment) => isInForce(first, moment) && isInForce(second, moment),
        );
        expect(overlap(first, second)).toBe(both);
        expect(overlap(second, first)).toBe(both);
      }),
    );
  });
});

describe('grants share a plan', () => {
  it('where one of them is for all plans, or both for the same', () => {
    expect(sharePlan({}, { plan: 'one' })).toBe(true);
    expect(sharePlan({ plan: 'one' }, { plan: 'one' })).toBe(true);
    expect(sharePlan({ plan: 'one' }, { plan: 'two' })).toBe(false);
  });
});

describe('a grant covers', () => {
  const over = { plan: 'one', units: ['331102', '331100'] };

  it('its unit and those below it', () => {
    expect(covers(grant({ unit: '331102' }), over)).toBe(true);
    expect(covers(grant({ unit: '331100' }), over)).toBe(true);
    expect(covers(grant({ unit: '331121' }), over)).toBe(false);
    expect(covers(grant({ unit: '331102' }), { plan: 'one', units: ['331100'] })).toBe(false);
  });

  it('the plan whole only where it is for all units', () => {
    expect(covers(grant(), { plan: 'one' })).toBe(true);
    expect(covers(grant({ unit: '331100' }), { plan: 'one' })).toBe(false);
  });

  it('its plan only', () => {
    expect(covers(grant({ plan: 'one' }), over)).toBe(true);
    expect(covers(grant({ plan: 'two' }), over)).toBe(false);
    expect(covers(grant({ plan: 'one' }), {})).toBe(false);
    expect(covers(grant(), over)).toBe(true);
  });

  it('its evaluations only, where it names some', () => {
    const external = grant({ role: 'external-evaluator', plan: 'one', evaluations: ['midterm'] });
    expect(covers(external, { plan: 'one', evaluation: 'midterm' })).toBe(true);
    expect(covers(external, { plan: 'one', evaluation: 'final' })).toBe(false);
    expect(covers(grant({ plan: 'one' }), { plan: 'one', evaluation: 'final' })).toBe(true);
  });
});

it('a role of the installation is for no plan', () => {
  expect(isForPlan(grant({ role: 'system-admin' }), 'one')).toBe(false);
  expect(isForPlan(grant({ role: 'security-admin' }), 'one')).toBe(false);
  expect(isForPlan(grant({ role: 'auditor' }), 'one')).toBe(true);
  expect(isForPlan(grant({ plan: 'two' }), 'one')).toBe(false);
});

it('a role gives what the role table says, and an unknown one nothing', () => {
  expect(gives(grant(), 'figures.report')).toBe(true);
  expect(gives(grant(), 'figures.approve')).toBe(false);
  expect(gives({ role: 'toString' as never }, 'figures.report')).toBe(false);
});
