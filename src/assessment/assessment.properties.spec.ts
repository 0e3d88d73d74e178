import fc from 'fast-check';
import { canonicalJson } from '../kernel/json.js';
import { defaultEvaluationRules as rules } from '../plans/evaluation-rules.js';
import { assess, type AssessmentInput } from './assessment.js';
import { Decimal, text } from './decimals.js';
import type { Status } from './judgement.js';
import type { IndicatorKind } from './trajectory.js';

const tenth = (min: number, max: number) => fc.integer({ min, max }).map((number) => text(new Decimal(number).div(10)));
const periods = fc.constantFrom('2020', '2021', '2021-Q3', '2022', '2023-S1', '2024', '2024-11', '2025', '2026');

interface Shape {
  kind: IndicatorKind;
  least?: number;
  trajectories?: AssessmentInput['trajectory'][];
}

function inputs({ kind, least = -500, trajectories = ['milestones', 'linear'] }: Shape): fc.Arbitrary<AssessmentInput> {
  return fc.record({
    kind: fc.constant(kind),
    direction: fc.constantFrom('higher', 'lower'),
    attribute: fc.constantFrom('binding', 'expected'),
    trajectory: fc.constantFrom(...trajectories),
    base: fc.record({ period: fc.constant('2020'), value: tenth(least, 1000) }),
    targets: fc.tuple(tenth(least, 1000), tenth(least, 1000)).map(([interim, final]) => [
      { period: '2022', value: interim },
      { period: '2025', value: final },
    ]),
    period: periods,
    value: tenth(-500, 1500),
    cumulativeSum: tenth(-500, 1500),
  });
}

const positive = { least: 1, trajectories: ['milestones', 'linear', 'geometric'] as AssessmentInput['trajectory'][] };
const anyInput = fc.oneof(
  inputs({ kind: 'level' }),
  inputs({ kind: 'level', ...positive }),
  inputs({ kind: 'cumulative' }),
  inputs({ kind: 'hold' }),
  inputs({ kind: 'growth', ...positive }),
);

const worstFirst: Status[] = [
  'severely-behind',
  'behind',
  'roughly',
  'as-expected',
  'ahead',
  'completed',
  'completed-early',
];
const rank = ({ status }: { status: Status }) => worstFirst.indexOf(status);

describe('property: an assessment', () => {
  it('contains no NaN, Infinity, -0 or exponent for any input', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        expect(canonicalJson(assess(input, rules))).not.toMatch(/NaN|Infinity|"-0"|e[+-]/);
      }),
      { numRuns: 500 },
    );
  });

  it('never divides by zero for a hold (T = B, floors and ceilings of 0)', () => {
    const held = fc.oneof(inputs({ kind: 'level' }), inputs({ kind: 'hold' }), inputs({ kind: 'cumulative' }));
    fc.assert(
      fc.property(
        held,
        fc.constantFrom('0', '12.7', '-3'),
        fc.constantFrom('0', '12.7', '13'),
        (input, same, value) => {
          const target = input.kind === 'cumulative' ? '0' : same;
          const result = assess(
            {
              ...input,
              base: { period: '2020', value: same },
              targets: [{ period: '2025', value: target }],
              value,
              cumulativeSum: value,
            },
            rules,
          );
          expect(result).toMatchObject({ treatedAs: 'hold', progress: undefined, scheduled: undefined });
          expect(canonicalJson(result)).not.toMatch(/NaN|Infinity/);
        },
      ),
    );
  });

  it('never gives a better value a worse status or a lower score', () => {
    const levels = fc.oneof(
      inputs({ kind: 'level' }),
      inputs({ kind: 'level', ...positive }),
      inputs({ kind: 'hold' }),
      inputs({ kind: 'growth', ...positive }),
    );
    fc.assert(
      fc.property(levels, tenth(-500, 1500), (input, other) => {
        const [less, more] = [input.value!, other].sort((a, b) => new Decimal(a).cmp(b));
        const [worse, better] = input.direction === 'higher' ? [less, more] : [more, less];
        const [before, after] = [worse, better].map((value) => assess({ ...input, value }, rules));
        expect(rank(after!)).toBeGreaterThanOrEqual(rank(before!));
        expect(Number(after!.score ?? 0)).toBeGreaterThanOrEqual(Number(before!.score ?? 0));
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the same result for lower is better with all signs inverted', () => {
    const mirrored = (value: string) => text(new Decimal(value).neg());
    fc.assert(
      fc.property(inputs({ kind: 'level' }), (input) => {
        const there = assess(input, rules);
        const here = assess(
          {
            ...input,
            direction: input.direction === 'higher' ? 'lower' : 'higher',
            base: { period: '2020', value: mirrored(input.base!.value) },
            targets: input.targets.map(({ period, value }) => ({ period, value: mirrored(value) })),
            value: mirrored(input.value!),
          },
          rules,
        );
        fc.pre(there.treatedAs !== 'hold'); // The score of a missed hold is a ratio of levels, which is not symmetric.
        const { status, light, progress, scheduled, lead, outlook, verdict, score } = there;
        expect(here).toMatchObject({ status, light, progress, scheduled, lead, outlook, verdict, score });
        expect(here.interim?.met).toBe(there.interim?.met);
      }),
    );
  });

  it('judges the value required now to be exactly on schedule', () => {
    fc.assert(
      fc.property(inputs({ kind: 'level' }), (input) => {
        const required = assess(input, rules).requiredNow!;
        const result = assess({ ...input, value: required }, rules);
        expect(Math.abs(Number(result.lead ?? 0))).toBeLessThan(1e-12);
        expect(result.light).toBe('green');
      }),
    );
  });

  it('has a score from 0 to 100 exactly if its light is not grey', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { score, light } = assess(input, rules);
        expect(score === undefined).toBe(light === 'grey');
        if (score !== undefined) expect(Number(score) >= 0 && Number(score) <= 100).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
