import fc from 'fast-check';
import { assertDeclarable, defaultScales, placedOn, spread, type Scale } from './scales.js';

const scale = (code: string): Scale => defaultScales.find((each) => each.code === code)!;

describe('the step of a verdict', () => {
  it('is stated on a scale of words', () => {
    expect(placedOn(scale('five'), 'behind')).toEqual({ step: 'behind' });
    expect(() => placedOn(scale('five'), 'excellent')).toThrow(/严重滞后.*提前完成/);
    expect(() => placedOn(scale('five'))).toThrow(expect.objectContaining({ code: 'verdict.step' }));
    expect(() => placedOn(scale('five'), 'behind', '80')).toThrow(expect.objectContaining({ code: 'verdict.points' }));
  });

  it.each([
    ['0', 'poor'],
    ['59.999999999999999999', 'poor'],
    ['60', 'fair'],
    ['89.9', 'good'],
    ['90', 'excellent'],
    ['100', 'excellent'],
  ])('follows from %s points: %s', (points, step) => {
    expect(placedOn(scale('points'), undefined, points)).toEqual({ step, points });
  });

  it.each([
    [undefined, '100.1'],
    [undefined, '-1'],
    [undefined, undefined],
    ['poor', '50'],
  ])('is not step %s of %s points', (step, points) => {
    expect(() => placedOn(scale('points'), step, points)).toThrow(expect.objectContaining({ code: 'verdict.points' }));
  });
});

describe('the spread of steps', () => {
  it.each<[string[], number]>([
    [[], 0],
    [['behind'], 0],
    [['behind', 'behind'], 0],
    [['nearly', 'behind'], 1],
    [['early', 'nearly', 'severely-behind'], 4],
  ])('%j is %d', (steps, expected) => {
    expect(spread(scale('five'), steps)).toBe(expected);
  });

  it('does not depend on the order, and never falls with one more', () => {
    const codes = scale('five').steps.map(({ code }) => code);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...codes)), fc.constantFrom(...codes), (steps, one) => {
        const before = spread(scale('five'), steps);
        expect(spread(scale('five'), steps.toReversed())).toBe(before);
        expect(spread(scale('five'), [...steps, one])).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

describe('a scale that a scheme declares', () => {
  const stars: Scale = { ...scale('points'), code: 'stars' };
  const [first, second] = stars.steps as [Scale['steps'][number], Scale['steps'][number]];

  it('has a code of its own, and steps of different codes', () => {
    expect(() => assertDeclarable([stars])).not.toThrow();
    expect(() => assertDeclarable([stars, stars])).toThrow(expect.objectContaining({ code: 'scale.code-taken' }));
    expect(() => assertDeclarable([{ ...stars, steps: [first, first] }])).toThrow(
      expect.objectContaining({ code: 'scale.steps' }),
    );
  });

  it.each<[string, Partial<Scale>]>([
    ['falls', { steps: [second, first] }],
    ['has a step without points', { steps: [first, { code: 'x', word: '甲', colour: 'green' }] }],
    ['does not say where it ends', { upTo: undefined }],
    ['ends before its last step', { upTo: '90' }],
  ])('of points is refused if it %s', (_, different) => {
    expect(() => assertDeclarable([{ ...stars, ...different }])).toThrow(
      expect.objectContaining({ code: 'scale.points' }),
    );
  });
});
