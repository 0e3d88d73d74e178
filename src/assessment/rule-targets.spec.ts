import { parsePeriod } from '../kernel/period.js';
import type { Measured } from './measured.js';
import { Decimal } from './decimals.js';
import { resolvedTargets, ruleOf, askedValue, type CellTarget } from './rule-targets.js';

const finding = (different: Partial<Measured> = {}): Measured => ({
  ...{ shown: '1', exact: '1', source: 'reported', approved: true, corrections: 0, comparable: true, demo: false },
  ...different,
});
const input = { code: '04', name: '低保标准', period: '2022' };
const target = (period: string, value: string, different: Partial<CellTarget> = {}): CellTarget => ({
  ...{ unit: '331100', period, value, targetVersion: 1, definitionVersion: 1 },
  ...{ eventId: `target-${period}`, knownAt: '2021-07-01T00:00:00.000Z', demo: false },
  ...different,
});

describe('what a rule requires', () => {
  it('is its value, rounded for display, with its inputs', () => {
    const computed = { value: new Decimal('16934.66'), inputs: [input], lacking: [], findings: [finding()] };
    expect(ruleOf(computed, 1)).toEqual({
      ...{ value: '16934.66', shown: '16934.7', inputs: [input] },
      ...{ comparable: true, demo: false },
    });
  });

  it('is nothing if an input is lacking, which is named', () => {
    expect(ruleOf({ inputs: [input], lacking: [input], findings: [] }, 1)).toEqual({
      ...{ inputs: [input], lacking: [input] },
      ...{ comparable: true, demo: false },
    });
  });

  it('is incomparable, or demonstration data, if one of its figures is', () => {
    const rule = (...findings: Measured[]) =>
      ruleOf({ value: new Decimal(1), inputs: [input], lacking: [], findings }, 0);
    expect(rule(finding(), finding({ comparable: false }))).toMatchObject({ comparable: false, demo: false });
    expect(rule(finding({ demo: true }), finding())).toMatchObject({ comparable: true, demo: true });
  });
});

describe('the number of a target', () => {
  it('is the one written, or that of its rule', () => {
    const rule = { value: '16934', inputs: [], comparable: true, demo: false };
    expect(askedValue(target('2025', '58'))).toBe('58');
    expect(askedValue(target('2025', '=1.3*value("04")', { rule }))).toBe('16934');
    expect(askedValue(target('2025', '=1.3*value("04")', { rule: { ...rule, value: undefined } }))).toBeUndefined();
    expect(askedValue(target('2025', '=1.3*value("04")'))).toBeUndefined();
  });
});

it('a target due that is incomparable is a fault, even if the final one is not', () => {
  const rule = { value: '50', inputs: [], comparable: false, demo: false };
  const targets = [target('2022', '=value("04")', { rule }), target('2025', '60')];
  expect(resolvedTargets(targets, parsePeriod('2022'))).toMatchObject({ fault: 'incomparable' });
  expect(resolvedTargets(targets, parsePeriod('2023'))).not.toHaveProperty('fault');
});
