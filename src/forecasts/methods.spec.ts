import fc from 'fast-check';
import { Decimal } from '../assessment/decimals.js';
import { chosenMethod, forecasting, forecastMethods, type ForecastMethod, type Observation } from './methods.js';
import { studentNinety } from './statistics.js';

const seriesOf = (...values: number[]): Observation[] =>
  values.map((value, index) => ({ at: new Decimal(2020 + index), value: new Decimal(value) }));
const by = (method: ForecastMethod, values: number[], at: number) => {
  const found = forecasting[method](seriesOf(...values), new Decimal(at));
  if (!found) return undefined;
  const { value, lower, upper } = found;
  return [value, lower, upper].map((number) => number && Number(number.toFixed(4)));
};

describe('worked examples', () => {
  it('continues at the last pace, without an interval below five values', () => {
    expect(by('last-pace', [50, 52, 55], 2024)).toEqual([61, undefined, undefined]);
    expect(by('last-pace', [50], 2024)).toBeUndefined();
  });

  it('gives the last pace an interval from its own past errors', () => {
    // Paces 2, 3, 2, 3: errors 1, −1, 1, so s = 1; t with 3 degrees is 1.6377; g(1) = 1, g(2) = √5.
    expect(by('last-pace', [50, 52, 55, 57, 60], 2025)).toEqual([63, 61.3623, 64.6377]);
    expect(by('last-pace', [50, 52, 55, 57, 60], 2026)).toEqual([66, 62.338, 69.662]);
  });

  it('fits a line by least squares', () => {
    // x̄ = 2021.5, slope 2.2, level 53.5; residuals −0.2, 0.6, −0.6, 0.2, so s² = 0.8 / 2; Sxx = 5;
    // t with 2 is 1.8856, and s² (1 + 1/4 + 2.5² / 5) = 1.
    expect(by('linear', [50, 53, 54, 57], 2024)).toEqual([59, 57.1144, 60.8856]);
    expect(by('linear', [50, 53, 54], 2024)).toBeUndefined();
  });

  it('fits a constant rate on logarithms, of positive values only', () => {
    expect(by('geometric', [100, 110, 121, 133.1], 2024)).toEqual([146.41, 146.41, 146.41]);
    expect(by('geometric', [0, 110, 121, 133.1], 2024)).toBeUndefined();
  });

  it('is not moved by one wrong value', () => {
    expect(by('robust', [50, 52, 540, 56, 58, 60], 2026)![0]).toBe(62);
    expect(by('robust', [50, 52, 54, 56], 2026)).toBeUndefined();
  });

  it('chooses the most robust method that the number of values allows', () => {
    expect([1, 2, 3, 4, 5, 9].map(chosenMethod)).toEqual([
      undefined,
      'last-pace',
      'last-pace',
      'linear',
      'robust',
      'robust',
    ]);
  });
});

describe('laws', () => {
  const line = fc.record({
    start: fc.integer({ min: 1, max: 500 }),
    slope: fc.integer({ min: 0, max: 40 }),
    count: fc.integer({ min: 5, max: 12 }),
    ahead: fc.integer({ min: 1, max: 6 }),
  });

  it('finds an exact line by each method that follows lines, with an interval of no width', () => {
    fc.assert(
      fc.property(line, ({ start, slope, count, ahead }) => {
        const values = Array.from({ length: count }, (_, index) => start + slope * index);
        const expected = start + slope * (count - 1 + ahead);
        for (const method of ['last-pace', 'linear', 'robust'] as const) {
          expect(by(method, values, 2020 + count - 1 + ahead)).toEqual([expected, expected, expected]);
        }
      }),
    );
  });

  it('does not depend on the unit of measure', () => {
    const values = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 5, maxLength: 10 });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 9 }), (numbers, factor) => {
        const at = 2020 + numbers.length;
        for (const method of forecastMethods) {
          const [value, lower, upper] = by(method, numbers, at)!;
          const times = by(
            method,
            numbers.map((number) => number * factor),
            at,
          )!;
          const rounding = 1e-4 * factor + 1e-9 * Math.abs(times[0]!);
          expect(Math.abs(times[0]! - value! * factor)).toBeLessThanOrEqual(rounding);
          expect(lower! <= value! && value! <= upper!).toBe(true);
        }
      }),
    );
  });
});

/** A fixed stream of normal numbers: Box–Muller over a linear congruential generator. */
function normals(): () => number {
  let seed = 20_211_231;
  const uniform = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (seed + 0.5) / 2_147_483_648;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Share of made series, in percent, whose next value lies within the interval of 80 %. */
function coverage(method: ForecastMethod, count: number, make: (noise: () => number) => number[]): number {
  const noise = normals();
  const tries = 800;
  let covered = 0;
  for (let index = 0; index < tries; index += 1) {
    const values = make(noise);
    const series = seriesOf(...values.slice(0, count));
    const { lower, upper } = forecasting[method](series, new Decimal(2020 + values.length - 1))!;
    if (lower!.lte(values.at(-1)!) && upper!.gte(values.at(-1)!)) covered += 1;
  }
  return (100 * covered) / tries;
}

const onLine = (count: number) => (noise: () => number) =>
  Array.from({ length: count }, (_, index) => 50 + 2 * index + noise());
const growing = (count: number) => (noise: () => number) =>
  Array.from({ length: count }, (_, index) => 50 * Math.exp(0.05 * index + 0.02 * noise()));
const wandering = (count: number) => (noise: () => number) => {
  let [value, pace] = [50, 2];
  return Array.from({ length: count }, () => {
    pace += noise();
    value += pace;
    return value;
  });
};

it.each([
  { method: 'linear', make: onLine, count: 6, ahead: 1, between: [75, 85] },
  { method: 'linear', make: onLine, count: 6, ahead: 3, between: [75, 85] },
  { method: 'geometric', make: growing, count: 6, ahead: 2, between: [75, 85] },
  { method: 'last-pace', make: wandering, count: 6, ahead: 1, between: [75, 85] },
  { method: 'last-pace', make: wandering, count: 6, ahead: 3, between: [75, 85] },
  { method: 'robust', make: onLine, count: 8, ahead: 1, between: [75, 86] },
  { method: 'robust', make: onLine, count: 8, ahead: 3, between: [75, 86] },
] as const)(
  'covers about 80 % by $method, $count values and $ahead ahead',
  ({ method, make, count, ahead, between }) => {
    const share = coverage(method, count, make(count + ahead));
    expect(share).toBeGreaterThanOrEqual(between[0]);
    expect(share).toBeLessThanOrEqual(between[1]);
  },
);

it('has the points of Student’s t at which its density leaves a tenth above', () => {
  const gamma = (half: number): number =>
    half === 0.5 ? Math.sqrt(Math.PI) : half === 1 ? 1 : (half - 1) * gamma(half - 1);
  for (const degrees of [...Array.from({ length: 32 }, (_, index) => index + 1), 60, 100]) {
    const scale = gamma((degrees + 1) / 2) / (Math.sqrt(degrees * Math.PI) * gamma(degrees / 2));
    const end = studentNinety(degrees).toNumber();
    const steps = 20_000;
    // From 0 to the point lie 40 %: Simpson’s rule.
    let sum = 0;
    for (let step = 0; step <= steps; step += 1) {
      const density = scale * (1 + ((step / steps) * end) ** 2 / degrees) ** (-(degrees + 1) / 2);
      sum += density * (step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2);
    }
    expect((sum * end) / steps / 3).toBeCloseTo(0.4, 4);
  }
});
