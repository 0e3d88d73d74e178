import { make, specification } from '../../test/support/decider-spec.js';
import { approved, corrected, lianduBeds, measured, ratio, value } from '../../test/support/examples/figures.js';
import {
  allowanceStandard,
  byAge,
  bySex,
  indicatorDefined,
  indicatorState,
  nursingBedShare,
  redefined,
  unionCount,
} from '../../test/support/examples/indicators.js';
import { planState } from '../../test/support/examples/plans.js';
import { reviewer } from '../../test/support/recorded.js';
import type { Definition } from '../indicators/indicator.events.js';
import { ApproveMeasurement, CorrectMeasurement, MeasureIndicator, type PartInput } from './figure.commands.js';
import { figureDecider } from './figure.decider.js';
import { figureEvents, type Part, type Reported } from './figure.events.js';

const breakdowns = [bySex, byAge];
const known = (definition: Definition, decimals = 0) => ({
  plan: planState(),
  indicator: indicatorState(indicatorDefined({ decimals, definition: { ...definition, breakdowns } })),
});
const counted = known(unionCount);
const share = { known: known(nursingBedShare) };
const mean = { known: known(allowanceStandard) };
const given = specification(figureDecider, figureEvents, { known: counted, now: '2026-02-01T02:00:00.000Z' });

type Entered = Partial<PartInput>;
/** `sex.f=48`, of a ratio `sex.f=48/100` */
const part = (text: string): Entered => {
  const [, breakdown, code, first, second] = /^(\w+)\.(\w+)=([^/]*)\/?(.*)$/.exec(text)!;
  return { breakdown, part: code, ...(second ? { numerator: first, denominator: second } : { value: first }) };
};
const parts = (text: string) => text.split(' ').map(part) as PartInput[];
const withParts = (reported: Reported, text: string): Reported => ({ ...reported, parts: parts(text) as Part[] });
const measure = (reported: Partial<MeasureIndicator>, text?: string) =>
  make(MeasureIndicator, { ...lianduBeds, ...reported, ...(text !== undefined && { parts: parts(text) }) });
const correct = (reported: Partial<CorrectMeasurement>, text?: string) =>
  make(CorrectMeasurement, { ...lianduBeds, ...reported, ...(text !== undefined && { parts: parts(text) }) });

const sexes = 'sex.f=48 sex.m=52';
const ages = 'age.a0=20 age.a60=50 age.a80=30';

describe('the parts of a count', () => {
  it('are reported with it, by one breakdown or by several, in the order of the definition', () => {
    given()
      .when(measure(value('100'), sexes))
      .then(measured(withParts(value('100'), sexes)));
    given()
      .when(measure(value('100'), `${ages} sex.m=52 sex.f=48`))
      .then(measured(withParts(value('100'), `${sexes} ${ages}`)));
    given()
      .when(make(MeasureIndicator, { ...lianduBeds, ...value('100'), parts: [] }))
      .then(measured(value('100')));
  });

  it('make up the whole to the last digit', () => {
    given()
      .when(measure(value('101'), sexes))
      .thenRefused('figure.parts-sum', 'value');
    given()
      .when(measure(value('100'), `${sexes} age.a0=20 age.a60=50 age.a80=31`))
      .thenRefused('figure.parts-sum', 'value');
    const large = '100000000000000.00000000000000000001';
    const amount = { known: known({ ...allowanceStandard, aggregation: 'sum' }, 20) };
    given()
      .when(measure(value('100000000000000'), `sex.f=${large} sex.m=0`), amount)
      .thenRefused('figure.parts-sum', 'value');
    given()
      .when(measure(value(large), `sex.f=100000000000000 sex.m=0.00000000000000000001`), amount)
      .then(measured(withParts(value(large), 'sex.f=100000000000000 sex.m=0.00000000000000000001')));
  });

  it('are told with their sum, the whole and the difference', () => {
    expect(() =>
      figureDecider.decide(measure(value('101'), sexes), figureDecider.initialState, {
        ...{ actor: reviewer, evidence: [], known: counted },
        ...{ now: '2026-02-01T02:00:00.000Z', knownAt: '2026-02-01T02:00:00.000Z' },
      }),
    ).toThrow('性别各组合计 100，总数 101，相差 -1');
  });

  it('are all of a breakdown, each once, and of the definition', () => {
    given()
      .when(measure(value('100'), `sex.f=48 sex.m=52 age.a0=20 age.a60=80`))
      .thenRefused('figure.part-missing', 'parts.3.part');
    given()
      .when(measure(value('100'), 'sex.f=48 sex.f=52'))
      .thenRefused('figure.part-twice', 'parts.1.part');
    given()
      .when(measure(value('100'), 'sex.f=48 sex.x=52'))
      .thenRefused('figure.part-unknown', 'parts.1.part');
    given()
      .when(measure(value('100'), 'area.u=48 area.r=52'))
      .thenRefused('figure.part-unknown', 'parts.0.breakdown');
    given()
      .when(measure(value('100'), sexes), {
        known: { ...counted, indicator: indicatorState(indicatorDefined({ definition: unionCount, decimals: 0 })) },
      })
      .thenRefused('figure.part-unknown', 'parts.0.breakdown');
  });

  it('each fit the definition, in the form of the whole', () => {
    given()
      .when(measure(value('100'), 'sex.f=48.5 sex.m=51.5'))
      .thenRefused('figure.not-whole', 'parts.0.value');
    given()
      .when(measure(value('100'), 'sex.f=101 sex.m=-1'))
      .thenRefused('figure.out-of-range', 'parts.1.value');
    given()
      .when(measure(value('100'), 'sex.f=48/1 sex.m=52/1'))
      .thenRefused('figure.part-form', 'parts.0.value');
  });

  it.each([
    [{ value: '52', numerator: '1' }, 'value'],
    [{ value: '52', denominator: '1' }, 'value'],
    [{}, 'value'],
  ])('are numbers like the whole: %j is none', (numbers, field) => {
    const men = { breakdown: 'sex', part: 'm', ...numbers } as PartInput;
    given()
      .when(make(MeasureIndicator, { ...lianduBeds, ...value('100'), parts: [...parts('sex.f=48'), men] }))
      .thenRefused('figure.part-form', `parts.1.${field}`);
  });

  it('are asked for by name where one is missing, and where the code is wrong', () => {
    const refusal = (text: string) => {
      const known = { actor: reviewer, evidence: [], known: counted, now: '2026-02-01T02:00:00.000Z' };
      const context = { ...known, knownAt: known.now };
      return () => figureDecider.decide(measure(value('100'), text), figureDecider.initialState, context);
    };
    expect(refusal('age.a0=100')).toThrow(/^年龄缺 a60（.+）、a80（.+）：/);
    expect(refusal('sex.w=48 sex.m=52')).toThrow('可用 f（女）、m（男）');
    expect(refusal('Sex.f=48 Sex.m=52')).toThrow(/可用 sex（性别）、age（年龄）.*sex/);
  });
});

describe('the parts of a ratio', () => {
  it.each([
    [{ numerator: '18' }, 'denominator'],
    [{ denominator: '60' }, 'numerator'],
    [{ value: '30' }, 'numerator'],
    [{ numerator: '18', denominator: '60', value: '30' }, 'value'],
  ])('are two numbers like the whole: %j is not', (numbers, field) => {
    const men = { breakdown: 'sex', part: 'm', ...numbers } as PartInput;
    const entered = [...parts('sex.f=30/40'), men];
    given()
      .when(make(MeasureIndicator, { ...lianduBeds, ...ratio('48', '100'), parts: entered }), share)
      .thenRefused('figure.part-form', `parts.1.${field}`);
  });

  it('add up in numerator and denominator', () => {
    given()
      .when(measure(ratio('48', '100'), 'sex.f=30/40 sex.m=18/60'), share)
      .then(measured(withParts(ratio('48', '100'), 'sex.f=30/40 sex.m=18/60')));
    given()
      .when(measure(ratio('48', '100'), 'sex.f=30/40 sex.m=19/60'), share)
      .thenRefused('figure.parts-sum', 'numerator');
    given()
      .when(measure(ratio('48', '100'), 'sex.f=30/40 sex.m=18/61'), share)
      .thenRefused('figure.parts-sum', 'denominator');
  });

  it('have both components, each fitting; nobody may belong to a part', () => {
    given()
      .when(measure(ratio('48', '100'), 'sex.f=30 sex.m=18'), share)
      .thenRefused('figure.part-form', 'parts.0.numerator');
    given()
      .when(measure(ratio('48', '100'), 'sex.f=48/40 sex.m=0/60'), share)
      .thenRefused('figure.out-of-range', 'parts.0.value');
    given()
      .when(measure(ratio('48', '100'), 'sex.f=48/100 sex.m=0/0'), share)
      .then(measured(withParts(ratio('48', '100'), 'sex.f=48/100 sex.m=0/0')));
    given()
      .when(measure(ratio('48', '100'), 'sex.f=47/100 sex.m=1/0'), share)
      .thenRefused('figure.denominator', 'parts.1.denominator');
  });
});

describe('the parts of a mean or of a rate without components', () => {
  it('have the whole between them', () => {
    for (const whole of ['9000', '10000', '11000']) {
      given()
        .when(measure(value(whole), 'sex.f=9000 sex.m=11000'), mean)
        .then(measured(withParts(value(whole), 'sex.f=9000 sex.m=11000')));
    }
    for (const whole of ['8999', '11001', '20000']) {
      given()
        .when(measure(value(whole), 'sex.f=9000 sex.m=11000'), mean)
        .thenRefused('figure.parts-range', 'value');
    }
  });
});

describe('what is reported with its parts', () => {
  const reported = withParts(value('100'), sexes);
  const others = withParts(value('100'), 'sex.f=40 sex.m=60');
  const because = { reason: '与台账核对' };

  it('is the same with the same parts, and another with others', () => {
    given(measured(reported))
      .when(measure(value('100'), 'sex.m=52 sex.f=48'))
      .thenNothing();
    given(measured(reported))
      .when(measure(value('100'), 'sex.f=40 sex.m=60'))
      .thenRefused('figure.already-reported', 'parts');
    given(measured(reported))
      .when(correct(value('100'), sexes), because)
      .thenRefused('figure.unchanged');
    given(measured(reported))
      .when(correct(value('100'), 'sex.f=40 sex.m=60'), because)
      .then(corrected(reported, others));
  });

  it('gets parts that were missing by a correction', () => {
    given(measured(value('100')))
      .when(measure(value('100'), sexes))
      .thenRefused('figure.already-reported', 'parts');
    given(measured(value('100')))
      .when(correct(value('100'), sexes), because)
      .then(corrected(value('100'), reported));
  });

  it('is corrected whole: it loses its parts only where the correction says so', () => {
    given(measured(reported))
      .when(correct(value('101')), because)
      .thenRefused('figure.parts-dropped', 'parts');
    given(measured(reported))
      .when(make(CorrectMeasurement, { ...lianduBeds, ...value('101'), parts: [] }), because)
      .then(corrected(reported, value('101')));
    given(measured(reported))
      .when(correct(value('101'), sexes), because)
      .thenRefused('figure.parts-sum');
  });

  it('is approved with its parts', () => {
    given(measured(reported)).when(make(ApproveMeasurement, lianduBeds), { actor: reviewer }).then(approved(reported));
  });

  it('has the parts of the definition that holds now', () => {
    const indicator = indicatorState(
      indicatorDefined({ decimals: 0, definition: { ...unionCount, breakdowns } }),
      redefined(2, true),
    );
    given()
      .when(measure(ratio('48', '100'), 'sex.f=30/40 sex.m=18/60'), { known: { ...counted, indicator } })
      .thenRefused('figure.part-unknown', 'parts.0.breakdown');
  });
});
