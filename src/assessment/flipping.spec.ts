import fc from 'fast-check';
import { defaultEvaluationRules as rules } from '../plans/evaluation-rules.js';
import { numbersOf } from '../kernel/target-value.js';
import { assessOrFault, type AssessmentInput } from './assessment.js';
import { Decimal, text } from './decimals.js';
import { smallestFlip, type Stepped } from './flipping.js';

const tenth = (min: number, max: number) => fc.integer({ min, max }).map((number) => text(new Decimal(number).div(10)));
const ranges = fc
  .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 200 }))
  .map(([lower, width]) => [lower, lower + width].map((number) => text(new Decimal(number).div(10))).join('..'));
const passed = (sign: string) => tenth(0, 600).map((number) => `${sign}${number}`);

const judged = fc
  .record({
    kind: fc.constantFrom('level', 'cumulative', 'growth', 'hold'),
    direction: fc.constantFrom('higher', 'lower'),
    trajectory: fc.constantFrom('milestones', 'linear'),
    base: tenth(1, 600),
    number: fc.tuple(tenth(1, 600), tenth(1, 600)),
    range: fc.tuple(ranges, ranges),
    over: fc.tuple(passed('>'), passed('>')),
    form: fc.constantFrom('number', 'number', 'range', 'over'),
    period: fc.constantFrom('2021', '2022', '2023-S1', '2024', '2025', '2026'),
    at: fc.integer({ min: 0, max: 600 }),
    step: fc.constantFrom('1', '0.1', '0.3'),
    greatest: fc.integer({ min: 0, max: 900 }),
  })
  .map(({ kind, direction, trajectory, base, form, period, at, step, greatest, ...targets }) => {
    const [interim, final] =
      kind === 'hold' && (form === 'range' || direction === 'higher') ? targets[form] : targets.number;
    const given = [
      { period: '2022', value: interim },
      { period: '2025', value: final },
    ];
    const input = (quantity: Decimal): AssessmentInput => ({
      ...({ kind, direction, trajectory, period, attribute: 'expected', targets: given } as const),
      base: { period: '2020', value: kind === 'cumulative' ? '0' : base },
      value: text(quantity),
      cumulativeSum: text(quantity),
    });
    const stands = new Decimal(at).div(10);
    const stepped: Stepped = {
      ...{ at: stands, step: new Decimal(step), input },
      least: new Decimal(0),
      greatest: Decimal.max(stands, new Decimal(greatest).div(10)),
      turns: given.flatMap(({ value }) => (value.includes('..') ? numbersOf(value) : [])),
    };
    return stepped;
  });

const statusAt = ({ at, step, input }: Stepped, steps: number) =>
  assessOrFault(input(at.plus(step.times(steps))), rules).status;

describe('property: the smallest change that flips a status', () => {
  it('is the first on its side that does, found by trying them one by one', () => {
    const found = new Set<string>();
    fc.assert(
      fc.property(judged, fc.constantFrom(1 as const, -1 as const), (stepped, sign) => {
        const present = statusAt(stepped, 0);
        const room = sign > 0 ? stepped.greatest.minus(stepped.at) : stepped.at.minus(stepped.least);
        const most = room.div(stepped.step).floor().toNumber();
        let first: bigint | undefined;
        for (let steps = 1; steps <= most && first === undefined; steps++) {
          if (statusAt(stepped, sign * steps) !== present) first = BigInt(steps);
        }
        const flip = smallestFlip(stepped, sign, rules);
        found.add(flip ? 'some' : 'none');
        expect(flip?.steps).toBe(first);
        if (flip)
          expect(flip.quantity.toFixed()).toBe(
            stepped.at.plus(stepped.step.times(Number(flip.steps)).times(sign)).toFixed(),
          );
      }),
      { numRuns: 120 },
    );
    expect([...found].sort()).toEqual(['none', 'some']);
  });
});

it('finds a flip that is far away', () => {
  const stepped: Stepped = {
    ...{
      at: new Decimal(10),
      step: new Decimal('0.01'),
      least: new Decimal(0),
      greatest: new Decimal('1e15'),
      turns: [],
    },
    input: (quantity) => ({
      ...({ kind: 'level', direction: 'higher', trajectory: 'linear', attribute: 'expected', period: '2025' } as const),
      base: { period: '2020', value: '0' },
      targets: [{ period: '2025', value: '700000000' }],
      value: text(quantity),
    }),
  };
  // 严重滞后 below Δ = −25: the progress of 75 % is the first that is only 滞后.
  expect(smallestFlip(stepped, 1, rules)?.quantity.toFixed()).toBe('525000000');
  expect(smallestFlip(stepped, -1, rules)).toBeUndefined();
});
