import { Trail } from '../audit/trail.js';
import type { Engine } from '../engine.js';
import { make } from '../../test/support/decider-spec.js';
import { memoryEngine, send } from '../../test/support/engine.js';
import { loader, reviewer } from '../../test/support/recorded.js';
import { smallPlan } from '../../test/support/small-plan.js';
import { ApproveMeasurement, CorrectMeasurement, MeasureIndicator } from '../figures/figure.commands.js';
import { RedefineIndicator, RetireIndicator, ReviseTarget, SetTarget } from '../indicators/indicator.commands.js';
import { defaultEvaluationRules } from '../plans/evaluation-rules.js';
import { DefineArea, EnrolUnit, SetEvaluationRules } from '../plans/plan.commands.js';
import { composeOverview } from '../overview/overview.js';
import type { Command } from '../slice/command.js';
import { compare, reasonsByIndicator, type Comparison, type Side } from './comparison.js';
import type { Difference } from './difference.js';

const [plan, city, county] = ['small', '331100', '331102'] as const;

const indicator = (code: string, kind: string, more = 'aggregation: none, targetScope: own') =>
  `- { code: ${code}, role: main, name: ${kind} ${code}, unitOfMeasure: 个, area: A1, attribute: expected, kind: ${kind}, direction: higher,
    frequency: A, valueType: decimal, decimals: 1, definition: 原口径, measurement: { type: direct }, ${more},
    trajectory: milestones, weight: '1' }
`;
const formula = (code: string, text: string) =>
  indicator(code, 'hold').replace('{ type: direct }', `{ type: formula, formula: ${text} }`);

/**
 * L: a level, C: a total, H: a floor that is a rule over L, F: twice L, K: a floor that is a rule over F, R: the ratio of
 * its county. 03 is summed up.
 */
const files = {
  ...smallPlan(),
  'indicators.yaml': [
    smallPlan()['indicators.yaml'],
    indicator('L', 'level'),
    indicator('C', 'cumulative'),
    indicator('H', 'hold'),
    indicator('K', 'hold'),
    formula('F', `value("L")*2`),
    `- { code: R, role: main, name: 比率, unitOfMeasure: '%', area: A1, attribute: expected, kind: level, direction: higher,
    frequency: A, valueType: percentage, decimals: 1, definition: 比率, aggregation: ratio-of-sums, targetScope: own,
    measurement: { type: ratio, numerator: { name: 甲, unit: 张 }, denominator: { name: 乙, unit: 张 }, scale: '100' },
    trajectory: milestones, weight: '1' }
`,
  ].join(''),
  'targets.csv': `${smallPlan()['targets.csv']}L,331100,2022,14,
L,331100,2025,30,
C,331100,2025,50,
H,331100,2025,=0.5*value('L'),
R,331100,2025,60,
F,331100,2025,20,
K,331100,2025,=0.1*value('F'),
`,
  'history.csv': [
    smallPlan()['history.csv']!.trimEnd(),
    ...['L', 'C', 'H', 'K'].flatMap((code) =>
      [
        ['2020', '10'],
        ['2021', '12'],
        ['2022', '14'],
      ].map(([period, value]) => `2024-03-01,reviewer-1,上报,${code},${city},${period},${value},,,,,年报,,,,`),
    ),
    `2024-03-01,reviewer-1,上报,R,${county},2022,,1,3,,,年报,,,,`,
    '',
  ].join('\n'),
};

let engine: Engine;
beforeEach(async () => {
  engine = memoryEngine();
  await engine.start();
  await engine.submissions.submit(files);
  await engine.caughtUp();
});
afterEach(() => engine.close());

const side = async (period = '2022', isNow = false): Promise<Side> => {
  await engine.caughtUp();
  const asOf = isNow ? {} : { position: (await engine.log.head())! };
  return { label: isNow ? '今日' : '此前', asOf, overview: await composeOverview(engine.views, plan, period, asOf) };
};
const compared = (left: Side, right: Side): Promise<Comparison> =>
  compare(left, right, new Trail(engine.log, engine.views, engine.catalogue), engine.log);

/** What the commands change, between the state before them and today. */
async function changes(...commands: (Command | readonly [Command, typeof loader])[]): Promise<readonly Difference[]> {
  const before = await side();
  for (const command of commands) {
    if (Array.isArray(command)) await send(engine, ...(command as [Command, typeof loader]));
    else await send(engine, command as Command, reviewer);
  }
  return (await compared(before, await side('2022', true))).differences;
}

type Reported = Partial<Pick<MeasureIndicator, 'value' | 'numerator' | 'denominator'>>;
const figure = (code: string, period: string, unit: string = city) => ({ plan, code, unit, period });
const correct = (code: string, period: string, reported: Reported, unit: string = city) =>
  [make(CorrectMeasurement, { ...figure(code, period, unit), ...reported, reason: '复核' }), loader] as const;
/** Nobody approves what they reported: not the one who reported what the folder has. */
const other = { ...reviewer, id: 'reviewer-2', name: '市局审核员乙' };
const approve = (code: string, period: string, unit: string = city) =>
  [make(ApproveMeasurement, figure(code, period, unit)), other] as const;

const of = (differences: readonly Difference[], aspect: string, code?: string, unit?: string) =>
  differences.filter((each) => each.aspect === aspect && each.indicator === code && (!unit || each.unit === unit));
const brief = (differences: readonly Difference[]) =>
  differences.map(({ from, to, because }) => [
    from,
    to,
    because.map(({ type, subject }) => `${type} ${subject.period}`),
  ]);
const corrected = (period: string) => [`MeasurementCorrected ${period}`, `MeasurementApproved ${period}`];

describe('a corrected value', () => {
  it('is named with its events, and so is what it changes', async () => {
    const differences = await changes(correct('L', '2022', { value: '11' }), approve('L', '2022'));
    expect(brief(of(differences, 'value', 'L'))).toEqual([['14', '11', corrected('2022')]]);
    expect(brief(of(differences, 'status', 'L'))).toEqual([['as-expected', 'behind', corrected('2022')]]);
    // The floor of H is half of L.
    expect(brief(of(differences, 'targets', 'H'))).toEqual([
      ["2025: =0.5*value('L')（7.0）", "2025: =0.5*value('L')（5.5）", corrected('2022')],
    ]);
    expect(brief(of(differences, 'value', 'F'))).toEqual([['28.0', '22.0', corrected('2022')]]);
    expect(of(differences, 'targets', 'K').map(({ because }) => because.map(({ subject }) => subject.code))).toEqual([
      ['L', 'L'],
    ]);
    const [index] = of(differences, 'index', undefined, city);
    expect(Number(index!.to)).toBeLessThan(Number(index!.from));
    expect(brief([index!])).toEqual([[index!.from, index!.to, corrected('2022')]]);
    expect(of(differences, 'base')).toEqual([]);
    expect(of(differences, 'presence')).toEqual([]);
  });

  it('changes the value of the unit above by the same events', async () => {
    const events = [correct('03', '2022', { value: '9' }, county), approve('03', '2022', county)];
    const values = of(await changes(...events), 'value', '03');
    expect(values.map(({ unit }) => unit)).toEqual([city, county]);
    expect(brief(values)).toEqual([
      ['8', '9', corrected('2022')],
      ['8', '9', corrected('2022')],
    ]);
  });

  it('of the base period is the base of the judgement', async () => {
    const differences = await changes(correct('L', '2020', { value: '11' }), approve('L', '2020'));
    expect(brief(of(differences, 'base', 'L'))).toEqual([['10', '11', corrected('2020')]]);
    expect(of(differences, 'value')).toEqual([]);
  });

  it('of an earlier period changes a total', async () => {
    const differences = await changes(correct('C', '2021', { value: '20' }), approve('C', '2021'));
    expect(brief(of(differences, 'value', 'C'))).toEqual([['14（累计 26.0）', '14（累计 34.0）', corrected('2021')]]);
  });

  it('of a later period is no reason for a total', async () => {
    const later = [make(MeasureIndicator, { ...figure('C', '2023'), value: '9' }), loader] as const;
    const differences = await changes(later, correct('C', '2021', { value: '20' }), approve('C', '2021'));
    expect(of(differences, 'value', 'C').map(({ because }) => because.length)).toEqual([2]);
  });

  it('is none if only its spelling changed, or who approved it', async () => {
    expect(await changes(approve('L', '2022'))).toEqual([]);
  });

  it('is shown with more digits if it is computed and rounded', async () => {
    const differences = await changes(
      correct('R', '2022', { numerator: '2', denominator: '3' }, county),
      approve('R', '2022', county),
    );
    expect(brief(of(differences, 'value', 'R', city))).toEqual([
      ['33.3（33.333333）', '66.7（66.666667）', corrected('2022')],
    ]);
  });
});

describe('a ratio that is shown with the same digits', () => {
  it('is told with what it is made of', async () => {
    const differences = await changes(
      correct('R', '2022', { numerator: '1000', denominator: '3001' }, county),
      approve('R', '2022', county),
    );
    expect(brief(of(differences, 'value', 'R', county))).toEqual([
      ['33.3（1 ÷ 3）', '33.3（1000 ÷ 3001）', corrected('2022')],
    ]);
  });
});

describe('the index of a unit', () => {
  const own = (code: string, period: string, value: string) =>
    send(engine, make(MeasureIndicator, { ...figure(code, period, county), value }), loader);
  beforeEach(async () => {
    await own('L', '2020', '10');
    await own('L', '2022', '12');
    await send(engine, make(SetTarget, { plan, code: 'L', unit: county, period: '2025', value: '30' }), reviewer);
    await engine.caughtUp();
  });
  const codes = (differences: readonly Difference[]) =>
    differences.map(({ because }) => [...new Set(because.map(({ subject }) => subject.code))]);

  it('is explained by what concerns this unit', async () => {
    const differences = await changes(
      ...[correct('L', '2022', { value: '11' }), approve('L', '2022')],
      ...[correct('L', '2022', { value: '15' }, county), approve('L', '2022', county)],
      ...[correct('C', '2022', { value: '1' }), approve('C', '2022')],
    );
    const indexes = of(differences, 'index');
    expect(indexes.map(({ unit }) => unit)).toEqual([city, county]);
    expect(codes(indexes)).toEqual([['L', 'C'], ['L']]);
    expect(Number(indexes[0]!.to)).toBeLessThan(Number(indexes[0]!.from));
    expect(Number(indexes[1]!.to)).toBeGreaterThan(Number(indexes[1]!.from));
  });

  it('is explained by indicator', async () => {
    const before = await side();
    for (const [command, actor] of [
      ...[correct('L', '2022', { value: '11' }), correct('L', '2022', { value: '15' }, county)],
      correct('C', '2022', { value: '1' }),
    ]) {
      await send(engine, command, actor);
    }
    for (const approval of [approve('L', '2022'), approve('L', '2022', county), approve('C', '2022')]) {
      await send(engine, ...approval);
    }
    const after = await side('2022', true);
    const sides = [
      { asOf: before.asOf, state: before.overview },
      { asOf: after.asOf, state: after.overview },
    ] as const;
    const trail = new Trail(engine.log, engine.views, engine.catalogue);
    const reasons = async (unit: string) => {
      const found = await reasonsByIndicator(sides, { unit, codes: ['L', 'R'] }, trail, engine.log);
      return [...found].map(([code, events]) => [code, events.map(({ subject }) => `${subject.code} ${subject.unit}`)]);
    };
    expect(await reasons(city)).toEqual([
      ['L', [`L ${city}`, `L ${city}`]],
      ['R', []],
    ]);
    expect(await reasons(county)).toEqual([
      ['L', [`L ${county}`, `L ${county}`]],
      ['R', []],
    ]);
  });
});

describe('a value that was not there', () => {
  it('is named with its report', async () => {
    const report = make(MeasureIndicator, { ...figure('H', '2023'), value: '15' });
    const before = await side('2023');
    await send(engine, report, loader);
    const { differences, left, right } = await compared(before, await side('2023', true));
    expect([left, right]).toEqual([
      { label: '此前', period: '2023' },
      { label: '今日', period: '2023' },
    ]);
    expect(brief(of(differences, 'value', 'H'))).toEqual([[undefined, '15', ['IndicatorMeasured 2023']]]);
  });

  it('makes a total known', async () => {
    const before = await side('2023');
    await send(engine, make(MeasureIndicator, { ...figure('C', '2023'), value: '9' }), loader);
    const { differences } = await compared(before, await side('2023', true));
    expect(brief(of(differences, 'value', 'C'))).toEqual([[undefined, '9（累计 35.0）', ['IndicatorMeasured 2023']]]);
  });

  it('of the unit itself that contradicts its parts is named with both', async () => {
    const differences = await changes([make(MeasureIndicator, { ...figure('03', '2022'), value: '9' }), loader]);
    expect(brief(of(differences, 'value', '03', city))).toEqual([['8', '8（自报 9）', ['IndicatorMeasured 2022']]]);
  });
});

describe('a target', () => {
  const revise = make(ReviseTarget, { plan, code: 'L', unit: city, period: '2025', value: '40', reason: '加压' });

  it('that was revised or added is named with its events, oldest first', async () => {
    const set = make(SetTarget, { plan, code: 'L', unit: city, period: '2023', value: '20' });
    const differences = await changes(revise, set);
    expect(of(differences, 'targets', 'L')).toMatchObject([
      {
        ...{ from: '2022: 14，2025: 30', to: '2022: 14，2023: 20，2025: 40' },
        because: [{ type: 'TargetRevised' }, { type: 'TargetSet' }],
      },
    ]);
  });

  it('of another unit is no reason', async () => {
    const other = make(SetTarget, { plan, code: 'L', unit: county, period: '2025', value: '20' });
    const differences = await changes(other, revise);
    expect(of(differences, 'targets', 'L', city)).toMatchObject([{ because: [{ type: 'TargetRevised' }] }]);
    expect(of(differences, 'targets', 'L', county)).toMatchObject([{ from: '', to: '2025: 20' }]);
  });
});

describe('what concerns a whole indicator', () => {
  const definition = {
    text: '新口径',
    unitOfMeasure: '个',
    valueType: 'decimal' as const,
    measurement: { type: 'direct' as const },
    aggregation: 'none' as const,
  } satisfies RedefineIndicator['definition'];
  const redefine = (comparable: boolean) =>
    make(RedefineIndicator, { plan, code: 'L', comparable, definition, reason: '统一口径' });

  it('is a new definition, and why nothing can be judged any more', async () => {
    const differences = await changes(redefine(false));
    expect(of(differences, 'definition')).toEqual([]);
    expect(of(differences, 'definition', 'L')).toMatchObject([
      { from: '原口径', to: '新口径', because: [{ type: 'IndicatorRedefined', reason: '统一口径' }] },
    ]);
    expect(of(differences, 'status', 'L')).toMatchObject([
      { from: 'as-expected', to: 'incomparable', because: [{ type: 'IndicatorRedefined' }] },
    ]);
  });

  it('is not what else was said of the indicator', async () => {
    const revise = make(ReviseTarget, { plan, code: 'L', unit: city, period: '2025', value: '40', reason: '加压' });
    const differences = await changes(revise, redefine(true));
    expect(of(differences, 'definition', 'L')).toMatchObject([{ because: [{ type: 'IndicatorRedefined' }] }]);
  });

  describe('restated under a new definition', () => {
    const restated = (code: string, period: string, value: string) => [
      correct(code, period, { value }),
      approve(code, period),
    ];
    const target = (code: string, period: string, value: string) =>
      make(ReviseTarget, { plan, code, unit: city, period, value, reason: '按新口径' });

    it.each([
      ['base', corrected('2020')],
      ['value', corrected('2022')],
      ['target', ['TargetRevised 2025']],
    ])('can be judged again by what came last: the %s', async (last, events) => {
      const steps = {
        base: restated('L', '2020', '10'),
        value: restated('L', '2022', '14'),
        interim: [target('L', '2022', '14')],
        target: [target('L', '2025', '30')],
      };
      await send(engine, redefine(false), reviewer);
      for (const [name, commands] of Object.entries(steps)) {
        if (name !== last) await changes(...commands);
      }
      const differences = await changes(...steps[last as keyof typeof steps]);
      expect(brief(of(differences, 'status', 'L'))).toEqual([['incomparable', 'as-expected', events]]);
    });

    it('can be judged again by a part of its total', async () => {
      const redefined = make(RedefineIndicator, { plan, code: 'C', comparable: false, definition, reason: '统一口径' });
      await send(engine, redefined, reviewer);
      await changes(...restated('C', '2022', '14'), target('C', '2025', '50'));
      const [status] = of(await changes(...restated('C', '2021', '12')), 'status', 'C');
      expect(brief([status!])).toEqual([['incomparable', status!.to, corrected('2021')]]);
    });
  });

  it('is not that a unit was enrolled since', async () => {
    const enrol = make(EnrolUnit, { plan, code: '331121', name: '青田县', level: 'county', parent: city });
    const differences = await changes(enrol);
    expect(differences.filter(({ unit, indicator: code }) => unit === '331121' && code !== undefined)).toEqual([]);
  });

  it('is not its retirement: that is no definition', async () => {
    const retire = make(RetireIndicator, { plan, code: 'L', fromPeriod: '2022', reason: '停用' });
    const differences = await changes(
      retire,
      make(ReviseTarget, { plan, code: 'C', unit: city, period: '2025', value: '60', reason: '加压' }),
    );
    expect(of(differences, 'definition', 'L')).toEqual([]);
    expect(of(differences, 'status', 'L')).toMatchObject([{ to: 'not-applicable' }]);
  });

  it('is whether it is there', async () => {
    const now = await side('2022', true);
    const without = { ...now.overview, indicators: now.overview.indicators.filter(({ code }) => code !== 'L') };
    const start = { ...now, asOf: { position: '1' }, overview: without };
    const { differences } = await compared(start, now);
    const [presence] = of(differences, 'presence', 'L');
    expect(presence).toMatchObject({ from: undefined, to: '有' });
    expect(presence!.because.map(({ type }) => type)).toEqual(['IndicatorDefined', 'TargetSet', 'TargetSet']);
    const back = of((await compared(now, start)).differences, 'presence', 'L');
    expect(back).toMatchObject([{ from: '有', to: undefined }]);
  });
});

describe('what concerns all indicators', () => {
  it('is another version of the rules, and what changes by it', async () => {
    await send(engine, ...correct('L', '2022', { value: '11' }));
    await send(engine, ...approve('L', '2022'));
    const status = { ...defaultEvaluationRules.status, roughly: '-30', severe: '-40' };
    const rules = { ...defaultEvaluationRules, status };
    const area = make(DefineArea, { plan, code: 'A2', name: '另一标杆区' });
    const differences = await changes(area, make(SetEvaluationRules, { plan, rules, reason: '会议' }));
    expect(of(differences, 'rules')).toMatchObject([
      { from: '第 0 版', to: '第 1 版', because: [{ type: 'EvaluationRulesSet', reason: '会议' }] },
    ]);
    expect(of(differences, 'status', 'L', city)).toMatchObject([
      { from: 'behind', to: 'roughly', because: [{ type: 'EvaluationRulesSet' }] },
    ]);
  });

  it('is another method, which no event explains', async () => {
    const now = await side('2022', true);
    const { differences } = await compared({ ...now, method: 1 }, now);
    expect(differences[0]).toMatchObject({ aspect: 'method', from: '第 1 版', because: [] });
    expect(differences).toHaveLength(1);
  });
});
