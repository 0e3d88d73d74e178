import fc from 'fast-check';
import { make, stateOf } from '../../test/support/decider-spec.js';
import { corrected, lianduBeds, measured, ratio, value } from '../../test/support/examples/figures.js';
import {
  allowanceStandard,
  byAge,
  bySex,
  indicatorDefined,
  indicatorState,
  nursingBedShare,
  unionCount,
} from '../../test/support/examples/indicators.js';
import { planState } from '../../test/support/examples/plans.js';
import { recorded, someone } from '../../test/support/recorded.js';
import { CorrectMeasurement, MeasureIndicator, type PartInput } from '../figures/figure.commands.js';
import { figureDecider } from '../figures/figure.decider.js';
import { figureStream, type FigureEvent, type Part, type Reported } from '../figures/figure.events.js';
import { figureProjection, type FigureDocument } from '../figures/figure.projection.js';
import {
  IndicatorRedefined,
  indicatorStream,
  type Definition,
  type IndicatorEvent,
} from '../indicators/indicator.events.js';
import { indicatorProjection, type IndicatorDocument } from '../indicators/indicator.projection.js';
import { parsePeriod } from '../kernel/period.js';
import { UnitEnrolled } from '../plans/plan.events.js';
import type { BrokenDown } from './broken-down.js';
import { Decimal } from './decimals.js';
import { isMeasured, measuredByUnit, type Finding, type Measured } from './measured.js';

const [city, liandu, qingtian, jinyun] = ['331100', '331102', '331121', '331122'] as const;
const town = (code: string, parent: string) => UnitEnrolled.of({ code, name: `${code} 乡`, level: 'town', parent });
const towns = [town('331102001', liandu), town('331102002', liandu)];

const defined = (definition: Definition, ...more: IndicatorEvent[]) => {
  const { valueType } = definition;
  const breakdowns = [bySex, byAge];
  const decimals = valueType === 'percentage' ? 1 : 0;
  return [indicatorDefined({ decimals, definition: { ...definition, breakdowns } }), ...more];
};
const documentOf = (events: readonly IndicatorEvent[]): IndicatorDocument =>
  recorded(events, { stream: indicatorStream('lishui', '02') }).reduce<IndicatorDocument | undefined>(
    (document, event) => indicatorProjection.evolve(document, event),
    undefined,
  )!;
const figureOf = (unit: string, events: readonly FigureEvent[]): FigureDocument =>
  recorded(events, { stream: figureStream({ ...lianduBeds, unit }) }).reduce<FigureDocument | undefined>(
    (document, event) => figureProjection.evolve(document, event),
    undefined,
  )!;

type Reports = Readonly<Record<string, readonly FigureEvent[]>>;
function findings(events: readonly IndicatorEvent[], reports: Reports, plan = planState()) {
  const figures = Object.entries(reports).map(([unit, own]) => figureOf(unit, own));
  const options = { period: parsePeriod('2022'), isBaseline: false };
  return measuredByUnit(documentOf(events), [...plan.units.values()], figures, options);
}
const found = (events: readonly IndicatorEvent[], reports: Reports) => (unit: string) =>
  findings(events, reports).get(unit) as Measured;

/** `48 sex.f=20 sex.m=28`, of a ratio `48/100 sex.f=20/40 sex.m=28/60` */
function reported(text: string): Reported {
  const [whole, ...parts] = text.split(' ');
  const numbers = (of: string) => {
    const [first, second] = of.split('/') as [string, string | undefined];
    return second === undefined ? value(first) : ratio(first, second);
  };
  const partOf = (part: string) => {
    const [code, number] = part.split('=') as [string, string];
    const [breakdown, of] = code.split('.');
    return { breakdown, part: of, ...numbers(number) } as Part;
  };
  return { ...numbers(whole!), ...(parts.length > 0 && { parts: parts.map(partOf) }) };
}
const report = (text: string) => [measured(reported(text))];
const brief = ({ breakdowns = [] }: Measured) =>
  breakdowns.map(({ code, parts, lacking }) => [
    code,
    parts?.map(({ shown, share }) => [shown, share].filter((text) => text !== undefined).join(' ')) ?? lacking,
  ]);

describe('the breakdowns of a sum', () => {
  const counts = defined(unionCount);
  const three = {
    [liandu]: report('10 sex.f=4 sex.m=6'),
    [qingtian]: report('30 sex.f=10 sex.m=20 age.a0=30 age.a60=0 age.a80=0'),
    [jinyun]: report('0 sex.f=0 sex.m=0'),
  };

  it('are those that every unit reported; of the others the units that lack them are named', () => {
    expect(brief(found(counts, three)(city))).toEqual([
      ['sex', ['14 35', '26 65']],
      ['age', [liandu, jinyun]],
    ]);
    expect(brief(found(counts, three)(liandu))).toEqual([
      ['sex', ['4 40', '6 60']],
      ['age', [liandu]],
    ]);
    // Nothing of nothing is no share.
    expect(brief(found(counts, three)(jinyun))[0]).toEqual(['sex', ['0', '0']]);
  });

  it('are not of a sum that lacks a unit', () => {
    const { [jinyun]: _, ...two } = three;
    expect(found(counts, two)(city)).toMatchObject({ absent: 'incomplete', partial: { shown: '40' } });
    expect(found(counts, two)(city)).not.toHaveProperty('breakdowns');
  });

  it('are the city’s own, or those of its counties where these make up exactly what it reports', () => {
    const own = (text: string) => brief(found(counts, { ...three, [city]: report(text) })(city))[0];
    expect(own('40')).toEqual(['sex', ['14 35', '26 65']]);
    expect(own('40 sex.f=15 sex.m=25')).toEqual(['sex', ['15 37.5', '25 62.5']]);
    // The counties’ sum is used, and so are their parts.
    expect(own('41')).toEqual(['sex', ['14 35', '26 65']]);
  });

  it('follow the corrections in use', () => {
    const correction = corrected(reported('10 sex.f=4 sex.m=6'), reported('12 sex.f=5 sex.m=7'));
    const reports = { ...three, [liandu]: [...three[liandu], correction] };
    expect(brief(found(counts, reports)(city))[0]).toEqual([
      'sex',
      ['15 35.714285714285714286', '27 64.285714285714285714'],
    ]);
  });

  it('are not known where nothing is broken down', () => {
    const without = [indicatorDefined({ decimals: 0, definition: unionCount })];
    expect(found(without, { [liandu]: report('10') })(liandu)).not.toHaveProperty('breakdowns');
  });

  it('are those of the definition that holds now', () => {
    const other = { ...bySex, parts: [...bySex.parts, { code: 'x', name: '未知' }] };
    const now = (breakdowns: Definition['breakdowns']) => [
      ...counts,
      IndicatorRedefined.of({ definitionVersion: 2, definition: { ...unionCount, breakdowns }, comparable: true }),
    ];
    expect(brief(found(now([other]), three)(liandu))).toEqual([['sex', [liandu]]]);
    expect(brief(found(now([byAge]), three)(qingtian))).toEqual([['age', ['30 100', '0 0', '0 0']]]);
  });
});

describe('the breakdowns of a ratio of sums', () => {
  const ratios = defined(nursingBedShare);

  it('are the ratios of the sums of their components, without shares', () => {
    const reports = {
      [liandu]: report('1/2 sex.f=1/1 sex.m=0/1'),
      [qingtian]: report('10/100 sex.f=8/50 sex.m=2/50'),
      [jinyun]: report('0/48 sex.f=0/48 sex.m=0/0'),
    };
    expect(found(ratios, reports)(city)).toMatchObject({
      exact: '7.3333333333333333333',
      breakdowns: [
        {
          code: 'sex',
          parts: [
            { code: 'f', name: '女', shown: '9.1', components: { numerator: '9', denominator: '99' } },
            { code: 'm', name: '男', shown: '3.9', components: { numerator: '2', denominator: '51' } },
          ],
        },
        { code: 'age', lacking: [liandu, qingtian, jinyun] },
      ],
    });
    expect(found(ratios, reports)(jinyun).breakdowns![0]!.parts![1]).toEqual({
      ...{ code: 'm', name: '男' },
      components: { numerator: '0', denominator: '0' },
    });
  });
});

it('the breakdowns of a common standard are those of the unit that sets it, without shares', () => {
  const standard = defined(allowanceStandard);
  const reports = { [city]: report('11040 sex.f=11000 sex.m=11080') };
  expect(brief(found(standard, reports)(liandu))[0]).toEqual(['sex', ['11000', '11080']]);
});

describe('property: over random units, parts and corrections', () => {
  const leaves = ['331102001', '331102002', qingtian, jinyun];
  const plan = planState(...towns);
  const number = fc.integer({ min: 0, max: 1000 });
  /** Parts of one report, by the codes of its breakdowns; absent where it is not broken down by them. */
  const amounts = fc.record({
    sex: fc.tuple(number, number),
    isByAge: fc.boolean(),
    isBySex: fc.boolean(),
    cut: number,
    cuts: number,
  });

  type Amounts = typeof amounts extends fc.Arbitrary<infer T> ? T : never;
  const cutAt = (whole: number, cut: number, cuts: number) => {
    const first = Math.min(whole, cut);
    const second = Math.min(whole - first, cuts);
    return [first, second, whole - first - second];
  };
  const command = ({ sex, isByAge, isBySex, cut, cuts }: Amounts, isRatio: boolean) => {
    const whole = sex[0] + sex[1];
    const input = (breakdown: string, part: string, count: number) => ({
      ...{ breakdown, part },
      ...(isRatio ? { numerator: String(count), denominator: String(count * 2) } : { value: String(count) }),
    });
    const parts = [
      ...(isBySex ? bySex.parts.map(({ code }, at) => input('sex', code, sex[at]!)) : []),
      ...(isByAge ? byAge.parts.map(({ code }, at) => input('age', code, cutAt(whole, cut, cuts)[at]!)) : []),
    ] as PartInput[];
    const numbers = isRatio ? { numerator: String(whole), denominator: String(whole * 2) } : { value: String(whole) };
    return { ...numbers, parts };
  };
  /** What the decider makes of a report and of the corrections after it. */
  function decided(unit: string, reports: readonly Amounts[], indicator: readonly IndicatorEvent[], isRatio: boolean) {
    const now = '2026-02-01T02:00:00.000Z';
    const known = { plan, indicator: indicatorState(...indicator) };
    const events: FigureEvent[] = [];
    for (const [at, each] of reports.entries()) {
      const input = { ...lianduBeds, unit, ...command(each, isRatio) };
      const next = at === 0 ? make(MeasureIndicator, input) : make(CorrectMeasurement, input);
      const context = { now, knownAt: now, actor: someone, evidence: [], reason: '核对', known };
      try {
        events.push(...figureDecider.decide(next, stateOf(figureDecider, ...events), context));
      } catch (error) {
        expect(error).toMatchObject({ code: 'figure.unchanged' });
      }
    }
    return events;
  }

  const sumOf = (parts: BrokenDown['parts'], number: (part: NonNullable<BrokenDown['parts']>[number]) => string) =>
    Decimal.sum(...parts!.map(number)).toFixed();

  it.each([
    ['counts', unionCount, false],
    ['ratios', nursingBedShare, true],
  ])(
    'the parts of %s make up the value of every unit, or the units that lack them are named',
    (_, definition, isRatio) => {
      const indicator = defined(definition);
      const histories = fc.tuple(...leaves.map(() => fc.array(amounts, { minLength: 1, maxLength: 3 })));
      fc.assert(
        fc.property(histories, (all) => {
          fc.pre(!isRatio || all.flat().every(({ sex }) => sex[0] + sex[1] > 0));
          const events = all.map((reports, at) => decided(leaves[at]!, reports, indicator, isRatio));
          const last = new Map(
            events.map((own, at) => {
              const { type, data } = own.at(-1)!;
              if (type !== 'IndicatorMeasured' && type !== 'MeasurementCorrected') throw new Error(type);
              return [leaves[at]!, 'to' in data ? data.to : data.reported] as const;
            }),
          );
          const byUnit = findings(indicator, Object.fromEntries(events.map((own, at) => [leaves[at], own])), plan);
          for (const [unit, finding] of byUnit) assertMadeUp(unit, finding, last);
        }),
        { numRuns: 60 },
      );
    },
  );

  function assertMadeUp(unit: string, finding: Finding, last: ReadonlyMap<string, Reported>): void {
    if (!isMeasured(finding)) throw new Error(`${unit} has no value`);
    const below = leaves.filter((leaf) => unit === city || leaf === unit || leaf.startsWith(unit));
    for (const { code, parts, lacking } of finding.breakdowns!) {
      const without = below.filter((leaf) => !last.get(leaf)!.parts?.some(({ breakdown }) => breakdown === code));
      expect(lacking ?? []).toEqual(without);
      if (lacking) continue;
      if (finding.components) {
        expect(sumOf(parts, ({ components }) => components!.numerator)).toBe(finding.components.numerator);
        expect(sumOf(parts, ({ components }) => components!.denominator)).toBe(finding.components.denominator);
      } else {
        expect(sumOf(parts, ({ exact }) => exact!)).toBe(finding.exact);
        const shares = parts!.flatMap(({ share }) => (share === undefined ? [] : Number(share)));
        if (finding.exact !== '0') expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 9);
      }
    }
  }
});
