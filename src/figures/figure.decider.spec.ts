import { make, specification } from '../../test/support/decider-spec.js';
import {
  approved,
  beds2107,
  beds2161,
  corrected,
  lianduBeds,
  measured,
  missing,
  ratio,
  returned,
  value,
  withdrawn,
} from '../../test/support/examples/figures.js';
import { bedsDefined, indicatorState, redefined } from '../../test/support/examples/indicators.js';
import { planState } from '../../test/support/examples/plans.js';
import { by, loader, reviewer, someone } from '../../test/support/recorded.js';
import {
  ApproveMeasurement,
  CorrectMeasurement,
  DeclareMissing,
  MeasureIndicator,
  ReturnMeasurement,
  WithdrawMeasurement,
} from './figure.commands.js';
import { figureDecider, sameReported } from './figure.decider.js';
import { figureEvents, type Reported } from './figure.events.js';

const known = { plan: planState(), indicator: indicatorState(bedsDefined) };
const given = specification(figureDecider, figureEvents, { known, now: '2023-08-25T02:00:00.000Z' });
const redefinedSince = { known: { ...known, indicator: indicatorState(bedsDefined, redefined(2, false)) } };

const measure = (reported: Reported = beds2161) => make(MeasureIndicator, { ...lianduBeds, ...reported });
const correct = (reported: Reported = beds2107) => make(CorrectMeasurement, { ...lianduBeds, ...reported });
const approve = make(ApproveMeasurement, lianduBeds);
const sendBack = make(ReturnMeasurement, lianduBeds);
const withdraw = make(WithdrawMeasurement, lianduBeds);
const declare = make(DeclareMissing, { ...lianduBeds, because: 'not-collected' });

const why = { reason: '复核发现 54 张床位未通过验收' };
const asReviewer = { actor: reviewer };

const reported = [measured(beds2161)];
const inUse = [...reported, by(reviewer, approved(beds2161))];
const sentBack = [...reported, by(reviewer, returned(beds2161))];

describe('上报', () => {
  it('reports a figure, to the digit, under the definition that holds', () => {
    given().when(measure()).then(measured(beds2161));
    given()
      .when(measure(ratio('2161.0', '3891.00')))
      .then(measured(ratio('2161.0', '3891.00')));
    given().when(measure(), redefinedSince).then(measured(beds2161, 2));
  });

  it('changes nothing where the same stands already', () => {
    given(...reported)
      .when(measure())
      .thenNothing();
    given(...inUse)
      .when(measure())
      .thenNothing();
    given(...reported)
      .when(measure(ratio('2161.0', '3891')))
      .thenNothing();
  });

  it('never overwrites: another value is 更正, waiting or approved', () => {
    given(...reported)
      .when(measure(beds2107))
      .thenRefused('figure.already-reported', 'value');
    given(...inUse)
      .when(measure(beds2107))
      .thenRefused('figure.already-reported', 'value');
    given(...inUse)
      .when(measure(), redefinedSince)
      .thenRefused('figure.already-reported');
  });

  it('says who reported what stands', () => {
    expect(() =>
      figureDecider.decide(
        measure(beds2107),
        {
          standing: 'reported',
          latest: { reported: beds2161, definitionVersion: 1, by: { ...someone, name: '张三' } },
        },
        { now: '2023-08-25T02:00:00.000Z', knownAt: '2023-08-25T02:00:00.000Z', actor: someone, evidence: [], known },
      ),
    ).toThrow(/张三.*2161 ÷ 3891.*2107 ÷ 3891/);
  });

  it.each([
    ['it was sent back', sentBack],
    ['it was declared missing', [missing('not-collected')]],
    ['it was withdrawn', [...inUse, withdrawn(beds2161)]],
  ])('reports anew after %s', (_, events) => {
    given(...events)
      .when(measure(beds2107))
      .then(measured(beds2107));
    given(...events)
      .when(measure())
      .then(measured(beds2161));
  });
});

describe('更正', () => {
  it('keeps the old value and the new one, waiting or approved', () => {
    given(...reported)
      .when(correct(), why)
      .then(corrected(beds2161, beds2107));
    given(...inUse)
      .when(correct(), why)
      .then(corrected(beds2161, beds2107));
  });

  it('corrects what was corrected', () => {
    given(...inUse, corrected(beds2161, beds2107))
      .when(correct(ratio('2100', '3891')), why)
      .then(corrected(beds2107, ratio('2100', '3891')));
  });

  it('needs a reason', () => {
    given(...inUse)
      .when(correct())
      .thenRefused('reason.missing', 'reason');
  });

  it('must change something: the value, or the definition it is measured by', () => {
    given(...inUse)
      .when(correct(ratio('2161', '3891.0')), why)
      .thenRefused('figure.unchanged', 'value');
    given(...inUse)
      .when(correct(beds2161), { ...why, ...redefinedSince })
      .then(corrected(beds2161, beds2161, 2));
  });

  it.each([
    ['nothing', []],
    ['what was sent back', sentBack],
    ['what is missing', [missing('not-due')]],
    ['what was withdrawn', [...inUse, withdrawn(beds2161)]],
  ])('has %s to correct', (_, events) => {
    given(...events)
      .when(correct(), why)
      .thenRefused('figure.nothing-to-correct');
  });
});

describe('审核', () => {
  it('approves what was reported, and what was corrected', () => {
    given(...reported)
      .when(approve, asReviewer)
      .then(approved(beds2161));
    given(...inUse, corrected(beds2161, beds2107))
      .when(approve, asReviewer)
      .then(approved(beds2107));
  });

  it('approves once', () => {
    given(...inUse)
      .when(approve, asReviewer)
      .thenNothing();
  });

  it('takes two people: nobody approves what they reported or corrected', () => {
    given(...reported)
      .when(approve, { actor: someone })
      .thenRefused('figure.own-approval');
    given(...inUse, by(reviewer, corrected(beds2161, beds2107)))
      .when(approve, asReviewer)
      .thenRefused('figure.own-approval');
    given(...inUse, by(reviewer, corrected(beds2161, beds2107)))
      .when(approve, { actor: loader })
      .then(approved(beds2107));
  });

  it('knows people by their id, not by their name', () => {
    given(...reported)
      .when(approve, { actor: { ...someone, name: '改名后的填报员' } })
      .thenRefused('figure.own-approval');
  });

  it.each([
    ['was reported', []],
    ['was sent back', sentBack],
    ['is missing', [missing('not-due')]],
    ['was withdrawn', [...reported, withdrawn(beds2161)]],
  ])('finds nothing to approve where nothing, or what %s, stands', (_, events) => {
    given(...events)
      .when(approve, asReviewer)
      .thenRefused('figure.nothing-to-approve');
  });
});

describe('退回', () => {
  const because = { ...asReviewer, reason: '与台账不符' };

  it('sends back what was reported or corrected, once', () => {
    given(...reported)
      .when(sendBack, because)
      .then(returned(beds2161));
    given(...inUse, corrected(beds2161, beds2107))
      .when(sendBack, because)
      .then(returned(beds2107));
    given(...sentBack)
      .when(sendBack, because)
      .thenNothing();
  });

  it('says why', () => {
    given(...reported)
      .when(sendBack, asReviewer)
      .thenRefused('reason.missing', 'reason');
  });

  it('cannot open what is approved: that is locked', () => {
    given(...inUse)
      .when(sendBack, because)
      .thenRefused('figure.locked');
  });

  it.each([
    ['nothing was reported', []],
    ['it is missing', [missing('not-due')]],
    ['it was withdrawn', [...reported, withdrawn(beds2161)]],
  ])('has nothing to send back where %s', (_, events) => {
    given(...events)
      .when(sendBack, because)
      .thenRefused('figure.nothing-to-return');
  });
});

describe('撤回', () => {
  it.each([
    ['reported', reported],
    ['approved', inUse],
    ['sent back', sentBack],
  ])('withdraws what was %s, and keeps what it was', (_, events) => {
    given(...events)
      .when(withdraw, why)
      .then(withdrawn(beds2161));
  });

  it('withdraws a declaration too', () => {
    given(missing('not-due')).when(withdraw, why).then(withdrawn());
  });

  it('says why, and happens once', () => {
    given(...inUse)
      .when(withdraw)
      .thenRefused('reason.missing', 'reason');
    given(...inUse, withdrawn(beds2161))
      .when(withdraw, why)
      .thenNothing();
  });

  it('needs something to withdraw', () => {
    given().when(withdraw, why).thenRefused('figure.nothing-to-withdraw');
  });
});

describe('登记缺报', () => {
  it.each([
    ['nothing was reported', []],
    ['it was sent back', sentBack],
    ['it was withdrawn', [...reported, withdrawn(beds2161)]],
    ['another reason stood', [missing('not-due')]],
  ])('gives the reason where %s', (_, events) => {
    given(...events)
      .when(declare)
      .then(missing('not-collected'));
  });

  it('changes nothing where the same reason stands', () => {
    given(missing('not-collected')).when(declare).thenNothing();
  });

  it('does not sweep a value away', () => {
    given(...reported)
      .when(declare)
      .thenRefused('figure.has-value');
    given(...inUse)
      .when(declare)
      .thenRefused('figure.has-value');
  });
});

describe('whether two reports say the same', () => {
  it.each<[Reported, Reported, boolean]>([
    [value('55.2'), value('55.20'), true],
    [value('55.2'), value('55.3'), false],
    [beds2161, ratio('2161.00', '3891'), true],
    [beds2161, ratio('2161', '3892'), false],
    [ratio('1', '2'), ratio('2', '4'), false],
    [value('50'), ratio('1', '2'), false],
    [ratio('1', '2'), value('50'), false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameReported(a, b)).toBe(same);
  });
});
