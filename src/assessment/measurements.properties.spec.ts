import fc from 'fast-check';
import type { FigureDocument } from '../figures/figure.projection.js';
import type { IndicatorDocument } from '../indicators/indicator.projection.js';
import { canonicalJson } from '../kernel/json.js';
import { parsePeriod } from '../kernel/period.js';
import { defaultEvaluationRules as rules } from '../plans/evaluation-rules.js';
import type { Unit } from '../plans/units-in-time.js';
import { assessOrFault } from './assessment.js';
import { assessmentInput } from './cell.js';
import { Decimal } from './decimals.js';
import { isMeasured, type Finding } from './measured.js';
import { Measurements, type Source } from './measurements.js';
import { ruleOf, type CellTarget } from './rule-targets.js';
import { parseFormula } from '../indicators/formula.js';

const units: Unit[] = [
  { code: 'P', name: '省', level: 'province' },
  { code: 'C', name: '市', level: 'city', parent: 'P' },
  { code: 'a', name: '甲', level: 'county', parent: 'C' },
  { code: 'b', name: '乙', level: 'county', parent: 'C' },
  { code: 'R', name: '外省', level: 'reference', parent: 'P' },
];
const counties = ['a', 'b'];

function indicator(code: string, formula?: string): IndicatorDocument {
  const definition = {
    ...{ text: code, unitOfMeasure: '个', valueType: 'decimal' as const },
    measurement: formula === undefined ? ({ type: 'direct' } as const) : ({ type: 'formula', formula } as const),
    aggregation: formula === undefined ? ('sum' as const) : ('none' as const),
  };
  return {
    ...{ plan: 'p', code, name: code, direction: 'higher', frequency: 'A', decimals: 2, targets: [], demo: false },
    ...{ role: 'main', attribute: 'expected', kind: 'hold', targetScope: 'all', trajectory: 'linear', weight: '1' },
    ...{ assumptions: [], definitions: [{ version: 1, definition, comparable: true }] },
  };
}

const figure = (code: string, unit: string, period: string, value: string): FigureDocument => {
  const measurement = {
    ...{ reported: { value }, definitionVersion: 1, eventId: `${code}${unit}${period}`, knownAt: '2023', demo: false },
    ...{ by: { id: 'x', name: 'x' }, backfilled: false, corrections: 0 },
  };
  return {
    ...{ plan: 'p', code, unit, period, standing: 'reported', latest: measurement },
    ...{ corrections: 0, changesSinceApproval: 0, revision: 0, demo: false },
  };
};

const hundredth = fc.integer({ min: -500, max: 5000 }).map((number) => new Decimal(number).div(100).toFixed());
/** Figures of A and B for the counties, some of them missing. */
const figures = fc
  .record(
    Object.fromEntries(['A', 'B'].flatMap((code) => counties.map((unit) => [`${code}/${unit}`, fc.option(hundredth)]))),
  )
  .map((valuesByKey) =>
    Object.entries(valuesByKey).flatMap(([key, value]) => {
      const [code, unit] = key.split('/');
      return value === null ? [] : [figure(code!, unit!, '2022', value), figure(code!, unit!, '2021', value)];
    }),
  );
const formulas = fc.constantFrom(
  ...[
    'value("A")+value("B")',
    'value("A")/value("B")*100',
    'min(value("A"), previous("B"))',
    'value("A")-previous("A")',
  ],
  ...['1/(value("A")-value("A"))', 'max(value("A"), 3)/(value("B")*value("B"))'],
);

const period = parsePeriod('2022');
const known = ['A', 'B'].map((code) => indicator(code));
const over = (documents: readonly FigureDocument[], indicators: readonly IndicatorDocument[], of = units) =>
  new Measurements(
    { units: of, baseline: '2020' },
    new Map(indicators.map((each) => [each.code, each])),
    (source: Source) => documents.filter((each) => each.code === source.code && each.period === source.period.text),
  );
const findings = (measured: Measurements, code: string): [string, Finding][] =>
  [...measured.of({ code, period })].sort(([a], [b]) => (a < b ? -1 : 1));

describe('property: the value of a formula', () => {
  it('is a number or absent, even for divisions by zero', () => {
    fc.assert(
      fc.property(figures, formulas, (documents, formula) => {
        const found = findings(over(documents, [...known, indicator('X', formula)]), 'X');
        expect(found.map(([unit]) => unit)).toEqual(['C', 'P', 'R', 'a', 'b']);
        expect(canonicalJson(found)).not.toMatch(/NaN|Infinity/);
      }),
    );
  });

  it('is absent if an input is missing; a missing input is not treated as 0', () => {
    fc.assert(
      fc.property(figures, formulas, (documents, formula) => {
        const measured = over(documents, [...known, indicator('X', formula)]);
        const codes = formula.includes('"B"') ? ['A', 'B'] : ['A'];
        for (const [unit, finding] of findings(measured, 'X')) {
          const lacks = codes.some((code) => !isMeasured(measured.of({ code, period }).get(unit)!));
          if (!lacks) continue;
          expect(finding).toMatchObject({ absent: 'uncomputed', lackingInputs: expect.anything() });
        }
      }),
    );
  });

  it('does not depend on the order of figures, units and indicators', () => {
    const indicators = [...known, indicator('X', 'value("Y")*2'), indicator('Y', 'value("A")/value("B")')];
    fc.assert(
      fc.property(
        figures.chain((documents) => fc.tuple(fc.constant(documents), shuffled(documents))),
        shuffled(indicators),
        shuffled(units),
        ([documents, others], otherIndicators, otherUnits) => {
          const straight = over(documents, indicators);
          const turned = over(others, otherIndicators, otherUnits);
          // The indicators are also queried in reverse order.
          const there = ['A', 'Y', 'X'].map((code) => findings(turned, code));
          const here = ['X', 'Y', 'A'].map((code) => findings(straight, code)).reverse();
          expect(there.map(withSortedUnits)).toEqual(here.map(withSortedUnits));
        },
      ),
    );
  });

  it('is absent for a cycle of formulas, which two concurrent commands can create', () => {
    const circle = [...known, indicator('X', 'value("Y")'), indicator('Y', 'previous("X")+value("A")')];
    const found = findings(over([figure('A', 'a', '2022', '1')], circle), 'X');
    expect(found.every(([, finding]) => !isMeasured(finding))).toBe(true);
  });
});

describe('property: a hold whose target is a rule', () => {
  const rule = fc.constantFrom('=value("A")', '=1.3*value("A")', '=value("A")-value("A")', '=value("A")/value("B")');

  it('is judged without NaN or Infinity and has no data if the rule has no value', () => {
    fc.assert(
      fc.property(
        figures,
        rule,
        hundredth,
        fc.constantFrom('higher' as const, 'lower' as const),
        (all, asked, value, direction) => {
          const computed = over(all, known).compute(parseFormula(asked), 'a', period);
          const target: CellTarget = {
            ...{ unit: 'P', period: '2025', value: asked, targetVersion: 1, eventId: 'e', knownAt: 'k', demo: false },
            rule: ruleOf(computed, 2),
          };
          const finding = { shown: value, exact: value, source: 'reported', approved: true, corrections: 0 } as const;
          const row = { ...indicator('X'), direction, period: '2022' };
          const cell = {
            unit: 'a',
            base: { absent: 'not-reported', demo: false } as const,
            value: { ...finding, comparable: true, demo: false },
            targets: [target],
          };
          const assessment = assessOrFault(assessmentInput(row, cell, '2020'), rules);
          expect(canonicalJson(assessment)).not.toMatch(/NaN|Infinity/);
          if (computed.value === undefined) expect(assessment).toMatchObject({ status: 'no-data', missing: 'target' });
          else {
            const better = direction === 'higher' ? computed.value.lte(value) : computed.value.gte(value);
            expect(assessment.status === 'as-expected').toBe(better);
          }
        },
      ),
    );
  });
});

describe('a geometric trajectory from, to or through 0', () => {
  it('makes the assessment grey with a fault code', () => {
    const input = { kind: 'level', direction: 'higher', attribute: 'expected', trajectory: 'geometric' } as const;
    fc.assert(
      fc.property(hundredth, hundredth, (base, target) => {
        const judged = () =>
          assessOrFault(
            {
              ...input,
              base: { period: '2020', value: base },
              targets: [{ period: '2025', value: target }],
              period: '2022',
              value: '1',
            },
            rules,
          );
        const impossible = new Decimal(base).times(target).lte(0);
        if (impossible)
          expect(judged()).toMatchObject({ status: 'no-data', light: 'grey', fault: 'trajectory.geometric-zero' });
        else expect(judged().fault).toBeUndefined();
      }),
    );
  });
});

const shuffled = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });

/** Sorts the unit lists of a finding, whose order follows the order of the plan's units. */
const withSortedUnits = (found: [string, Finding][]) =>
  found.map(([unit, finding]) => [
    unit,
    {
      ...finding,
      ...('parts' in finding && finding.parts && { parts: [...finding.parts].sort() }),
      ...('lacking' in finding && finding.lacking && { lacking: [...finding.lacking].sort() }),
      ...('partial' in finding &&
        finding.partial && { partial: { ...finding.partial, parts: [...finding.partial.parts].sort() } }),
    },
  ]);
