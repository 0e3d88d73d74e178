import { marginOf } from './satisfaction.js';

describe('the margin of error of a survey', () => {
  // By hand: 1.96 · √(0.5 · 0.5 / 100) = 0.098; with deff 4 twice that; 1.96 · √(0.9 · 0.1 / 900) = 0.0196.
  it.each([
    [{ share: '50', n: 100 }, '9.8'],
    [{ share: '50', n: 100, deff: '4' }, '19.6'],
    [{ share: '90', n: 900 }, '1.96'],
    [{ share: '10', n: 900 }, '1.96'],
    [{ share: '100', n: 50 }, '0'],
    [{ share: '0', n: 50 }, '0'],
    [{ share: '87.3', n: 1200, deff: '1.5' }, '2.3073849743811716172'],
  ])('of %j is %s percentage points', (survey, margin) => {
    expect(marginOf(survey)).toBe(margin);
  });
});
