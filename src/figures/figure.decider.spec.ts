import { make, specification, stateOf } from '../../test/support/decider-spec.js';
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
import { by, corrector, loader, reviewer, someone } from '../../test/support/recorded.js';
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

const sha256 = 'a1'.repeat(32);
const known = { plan: planState(), indicator: indicatorState(bedsDefined), kept: [sha256] };
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
/** What the correction of an approved figure needs. */
const asCorrector = { ...why, actor: corrector, evidence: [{ title: '2022 年护理型床位复核记录', sha256 }] };

const reported = [measured(beds2161)];
const inUse = [...reported, by(reviewer, approved(beds2161))];
const sentBack = [...reported, by(reviewer, returned(beds2161))];

describe('上报', () => {
  it('reports the figure as written, with the current definition version', () => {
    given().when(measure()).then(measured(beds2161));
    given()
      .when(measure(ratio('2161.0', '3891.00')))
      .then(measured(ratio('2161.0', '3891.00')));
    given().when(measure(), redefinedSince).then(measured(beds2161, 2));
  });

  it('changes nothing if the same figure is already reported', () => {
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

  it('refuses a different value for a reported or approved figure: that requires 更正', () => {
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

  it.each<[Reported, Reported, RegExp]>([
    [beds2161, beds2107, /张三.*2161 ÷ 3891.*2107 ÷ 3891/],
    [value('55.5'), value('54.2'), /张三.*55\.5.*54\.2/],
  ])('names the reporter, the existing value and the new value in the refusal: %j, %j', (old, changed, message) => {
    expect(() =>
      figureDecider.decide(
        make(MeasureIndicator, { ...lianduBeds, unit: '331100', ...changed }),
        stateOf(figureDecider, by({ ...someone, name: '张三' }, measured(old))),
        { now: '2023-08-25T02:00:00.000Z', knownAt: '2023-08-25T02:00:00.000Z', actor: someone, evidence: [], known },
      ),
    ).toThrow(message);
  });

  it.each([
    ['it was sent back', sentBack],
    ['it was declared missing', [missing('not-collected')]],
    ['it was withdrawn', [...inUse, withdrawn(beds2161)]],
  ])('accepts a new report after %s', (_, events) => {
    given(...events)
      .when(measure(beds2107))
      .then(measured(beds2107));
    given(...events)
      .when(measure())
      .then(measured(beds2161));
  });
});

describe('更正', () => {
  it('records old and new value of a reported or approved figure', () => {
    given(...reported)
      .when(correct(), why)
      .then(corrected(beds2161, beds2107));
    given(...inUse)
      .when(correct(), asCorrector)
      .then(corrected(beds2161, beds2107));
  });

  it('can correct a correction', () => {
    given(...inUse, corrected(beds2161, beds2107))
      .when(correct(ratio('2100', '3891')), asCorrector)
      .then(corrected(beds2107, ratio('2100', '3891')));
  });

  it('requires a reason', () => {
    for (const events of [reported, inUse]) {
      given(...events)
        .when(correct(), { ...asCorrector, reason: undefined })
        .thenRefused('reason.missing', 'reason');
    }
  });

  it('must change the value or the definition version', () => {
    given(...inUse)
      .when(correct(ratio('2161', '3891.0')), asCorrector)
      .thenRefused('figure.unchanged', 'value');
    given(...inUse)
      .when(correct(beds2161), { ...asCorrector, ...redefinedSince })
      .then(corrected(beds2161, beds2161, 2));
  });

  it('after a correction was returned corrects the approved value, which is in use', () => {
    const correctionReturned = [...inUse, corrected(beds2161, beds2107), by(reviewer, returned(beds2107))];
    given(...correctionReturned)
      .when(correct(), asCorrector)
      .then(corrected(beds2161, beds2107));
    given(...correctionReturned)
      .when(correct(beds2161), asCorrector)
      .thenRefused('figure.unchanged', 'value');
    const again = [
      ...correctionReturned,
      measured(ratio('2100', '3891')),
      by(reviewer, returned(ratio('2100', '3891'))),
    ];
    given(...again)
      .when(correct(), asCorrector)
      .then(corrected(beds2161, beds2107));
    given(...again, withdrawn(beds2161), measured(beds2107), by(reviewer, returned(beds2107)))
      .when(correct(), why)
      .thenRefused('figure.nothing-to-correct');
  });

  it.each([
    ['never reported', []],
    ['returned', sentBack],
    ['declared missing', [missing('not-due')]],
    ['withdrawn', [...inUse, withdrawn(beds2161)]],
  ])('refuses a figure that was %s', (_, events) => {
    given(...events)
      .when(correct(), why)
      .thenRefused('figure.nothing-to-correct');
  });
});

describe('审核', () => {
  it('approves a reported or corrected figure', () => {
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

  it('refuses the person who reported or corrected the figure', () => {
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

  it('identifies people by id, not by name', () => {
    given(...reported)
      .when(approve, { actor: { ...someone, name: '改名后的填报员' } })
      .thenRefused('figure.own-approval');
  });

  it.each([
    ['never reported', []],
    ['returned', sentBack],
    ['declared missing', [missing('not-due')]],
    ['withdrawn', [...reported, withdrawn(beds2161)]],
  ])('refuses a figure that was %s', (_, events) => {
    given(...events)
      .when(approve, asReviewer)
      .thenRefused('figure.nothing-to-approve');
  });
});

describe('退回', () => {
  const because = { ...asReviewer, reason: '与台账不符' };

  it('returns a reported or corrected figure once', () => {
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

  it('requires a reason', () => {
    given(...reported)
      .when(sendBack, asReviewer)
      .thenRefused('reason.missing', 'reason');
  });

  it('refuses an approved figure, because it is locked', () => {
    given(...inUse)
      .when(sendBack, because)
      .thenRefused('figure.locked');
  });

  it.each([
    ['never reported', []],
    ['declared missing', [missing('not-due')]],
    ['withdrawn', [...reported, withdrawn(beds2161)]],
  ])('refuses a figure that was %s', (_, events) => {
    given(...events)
      .when(sendBack, because)
      .thenRefused('figure.nothing-to-return');
  });
});

describe('撤回', () => {
  it.each([
    ['reported', reported, why],
    ['approved', inUse, asCorrector],
    ['returned', sentBack, why],
  ])('withdraws a figure that was %s and records its value', (_, events, circumstances) => {
    given(...events)
      .when(withdraw, circumstances)
      .then(withdrawn(beds2161));
  });

  it('withdraws a declaration of missing data', () => {
    given(missing('not-due')).when(withdraw, why).then(withdrawn());
  });

  it('requires a reason and happens once', () => {
    given(...inUse)
      .when(withdraw, { ...asCorrector, reason: undefined })
      .thenRefused('reason.missing', 'reason');
    given(...inUse, withdrawn(beds2161))
      .when(withdraw, why)
      .thenNothing();
  });

  it('refuses a figure that was never reported', () => {
    given().when(withdraw, why).thenRefused('figure.nothing-to-withdraw');
  });
});

describe('登记缺报', () => {
  it.each([
    ['nothing was reported', []],
    ['the figure was returned', sentBack],
    ['the figure was withdrawn', [...reported, withdrawn(beds2161)]],
    ['another reason was declared', [missing('not-due')]],
  ])('records the reason if %s', (_, events) => {
    given(...events)
      .when(declare)
      .then(missing('not-collected'));
  });

  it('changes nothing if the same reason is already declared', () => {
    given(missing('not-collected')).when(declare).thenNothing();
  });

  it('refuses a figure that has a value', () => {
    given(...reported)
      .when(declare)
      .thenRefused('figure.has-value');
    given(...inUse)
      .when(declare)
      .thenRefused('figure.has-value');
  });
});

describe('sameReported', () => {
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
