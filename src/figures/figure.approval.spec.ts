import { make, specification, stateOf } from '../../test/support/decider-spec.js';
import {
  approved,
  beds2107,
  beds2161,
  corrected,
  lianduBeds,
  measured,
  missing,
  returned,
  withdrawn,
} from '../../test/support/examples/figures.js';
import { bedsDefined, indicatorState } from '../../test/support/examples/indicators.js';
import { planState } from '../../test/support/examples/plans.js';
import { by, corrector, loader, reviewer, saying, someone, type Said } from '../../test/support/recorded.js';
import type { Actor } from '../kernel/event.js';
import {
  FiguresUnlocked,
  ReportingRulesSet,
  UnitEnrolled,
  UnlockingEnded,
  type PlanEvent,
} from '../plans/plan.events.js';
import { UnitMoved } from '../plans/unit-change.events.js';
import type { ReportingRules } from '../plans/reporting-rules.js';
import {
  ApproveMeasurement,
  CorrectMeasurement,
  DeclareMissing,
  MeasureIndicator,
  ReturnMeasurement,
  WithdrawMeasurement,
} from './figure.commands.js';
import { approvalChain } from './approval-chain.js';
import { figureDecider } from './figure.decider.js';
import {
  MeasurementAccepted,
  MeasurementApproved,
  MeasurementPassed,
  figureEvents,
  type FigureEvent,
  type Reported,
} from './figure.events.js';
import { approvingPlan } from './figure.state.js';

const indicator = indicatorState(bedsDefined);
const now = '2023-08-25T02:00:00.000Z';
const sha256 = 'a1'.repeat(32);
const kept = [sha256];
const given = specification(figureDecider, figureEvents, { known: { plan: planState(), indicator, kept }, now });

const rules = (approval: ReportingRules['approval']) =>
  ReportingRulesSet.of({ approval, unapproved: 'marked', visibility: 'plan' });
/** A plan with these rules and what else happened to it. */
const under = (approval: ReportingRules['approval'], ...more: PlanEvent[]) => ({
  known: { plan: planState(rules(approval), ...more), indicator },
});
const twoLevels = under(['county', 'city']);

const countyReviewer: Actor = { id: 'county-1', name: '莲都审核员', unit: '331102', roles: ['reviewer'] };
const otherCounty: Actor = { ...countyReviewer, id: 'county-2', name: '青田审核员', unit: '331121' };
const operator: Actor = { id: 'root', name: 'root', roles: [], means: 'operator' };
const passed = (reported: Reported, level: 'county' | 'city' = 'county') => MeasurementPassed.of({ reported, level });
const approvedBy = (level: 'county' | 'city', reported: Reported = beds2161) =>
  MeasurementApproved.of({ reported, level });

const approve = make(ApproveMeasurement, lianduBeds);
const sendBack = make(ReturnMeasurement, lianduBeds);
const withdraw = make(WithdrawMeasurement, lianduBeds);
const correct = make(CorrectMeasurement, { ...lianduBeds, ...beds2107 });
const evidence = [{ title: '2022 年护理型床位复核记录', sha256 }];
const reason = '复核发现 54 张床位未通过验收';
const whole = { reason, evidence };

const reported = [measured(beds2161)];
const once = [...reported, by(countyReviewer, passed(beds2161))];
const twice = [...once, by(reviewer, approvedBy('city'))];

describe('the chain of approval of a figure', () => {
  const chain = (approval: ReportingRules['approval'], unit: string, period = '2022', ...more: PlanEvent[]) =>
    approvalChain(approvingPlan(planState(rules(approval), ...more)), { unit, period }).map(
      ({ level, unit: acting }) => `${level} ${acting}`,
    );

  it('is one approval by anybody in a plan that names no rules', () => {
    expect(approvalChain(approvingPlan(planState()), lianduBeds)).toEqual([{}]);
  });

  it('is nobody where the plan names no level', () => {
    expect(chain([], '331102')).toEqual([]);
  });

  it('has the levels of the unit and of those above it', () => {
    expect(chain(['county', 'city'], '331102')).toEqual(['county 331102', 'city 331100']);
    expect(chain(['county', 'city'], '331100')).toEqual(['city 331100']);
    expect(chain(['province', 'city'].reverse() as never, '331102')).toEqual(['city 331100']);
  });

  it('is the plan’s top unit where the unit has none of the levels', () => {
    const national = UnitEnrolled.of({ code: '100000', name: '全国', level: 'reference' });
    expect(chain(['county'], '331100')).toEqual(['city 331100']);
    expect(chain(['county', 'city'], '100000', '2022', national)).toEqual(['city 331100']);
  });

  it('has the units above of the period’s end', () => {
    const other = UnitEnrolled.of({ code: '331200', name: '另一市', level: 'city', parent: '331100' });
    const moved = UnitMoved.of({ code: '331102', parent: '331200', on: '2023-03-01' });
    expect(chain(['county', 'city'], '331102', '2022', other, moved)).toEqual(['county 331102', 'city 331100']);
    expect(chain(['county', 'city'], '331102', '2023', other, moved)).toEqual(['county 331102', 'city 331200']);
  });
});

describe('approval at several levels', () => {
  it('is in use when the last level approved', () => {
    given(...reported)
      .when(approve, { ...twoLevels, actor: countyReviewer })
      .then(passed(beds2161));
    expect(stateOf(figureDecider, ...once)).toMatchObject({ standing: 'reported', passed: ['county'] });
    expect(stateOf(figureDecider, ...once).approved).toBeUndefined();
    given(...once)
      .when(approve, { ...twoLevels, actor: reviewer })
      .then(approvedBy('city'));
    expect(stateOf(figureDecider, ...twice)).toMatchObject({
      ...{ standing: 'approved', passed: [], reporters: [] },
      ...{ approved: { reported: beds2161 }, approval: { by: reviewer } },
    });
  });

  it('does not go on to the city before the county, and says for whom it waits', () => {
    given(...reported)
      .when(approve, { ...twoLevels, actor: reviewer })
      .thenRefused('approval.not-yet');
    given(...reported)
      .when(sendBack, { ...twoLevels, actor: reviewer, reason })
      .thenRefused('approval.not-yet');
    const decide = () =>
      figureDecider.decide(approve, stateOf(figureDecider, ...reported), {
        ...{ ...twoLevels, now, knownAt: now, evidence: [], actor: reviewer },
      });
    expect(decide).toThrow('尚待县级（331102 莲都区）审核');
    expect(decide).toThrow(expect.objectContaining({ kind: 'out-of-turn' }));
  });

  it('is for units of the chain only', () => {
    for (const actor of [otherCounty, { ...countyReviewer, unit: undefined }]) {
      given(...reported)
        .when(approve, { ...twoLevels, actor })
        .thenRefused('approval.other-unit');
    }
  });

  it('changes nothing at a level that approved already', () => {
    given(...once)
      .when(approve, { ...twoLevels, actor: { ...countyReviewer, id: 'county-3' } })
      .thenNothing();
    given(...twice)
      .when(approve, { ...twoLevels, actor: countyReviewer })
      .thenNothing();
  });

  it.each([operator, loader])('is the one that is due, by imports and the operator: %j', (actor) => {
    const context = { ...twoLevels, now, knownAt: now, evidence: [], actor };
    const decide = (events: readonly Said<FigureEvent>[]) =>
      figureDecider.decide(approve, stateOf(figureDecider, ...events), context);
    expect(decide(reported)).toEqual([passed(beds2161)]);
    expect(decide(once)).toEqual([approvedBy('city')]);
  });

  it('begins anew after a return and after a correction', () => {
    const sentBack = [...once, by(reviewer, returned(beds2161)), measured(beds2107)];
    for (const events of [sentBack, [...once, corrected(beds2161, beds2107)]]) {
      given(...events)
        .when(approve, { ...twoLevels, actor: countyReviewer })
        .then(passed(beds2107));
    }
  });

  it('can be taken back by the level before, until the next one approves', () => {
    given(...once)
      .when(sendBack, { ...twoLevels, actor: countyReviewer, reason })
      .then(returned(beds2161));
    given(...twice)
      .when(sendBack, { ...twoLevels, actor: countyReviewer, reason })
      .thenRefused('figure.locked');
  });

  it('is that of the plan’s levels of now', () => {
    given(...once)
      .when(approve, { ...under(['county']), actor: countyReviewer })
      .then(approvedBy('county'));
    given(...once)
      .when(approve, { actor: reviewer })
      .then(approved(beds2161));
  });

  it('is by the unit to which the territory of one that is no more passed', () => {
    const merged: PlanEvent = {
      type: 'UnitsMerged',
      data: { units: ['331102', '331121'], into: '331121', on: '2023-05-01' },
    };
    given(...reported)
      .when(approve, { ...under(['county', 'city'], merged), actor: otherCounty })
      .then(passed(beds2161));
  });
});

describe('a plan without approval', () => {
  const none = under([]);

  it('uses what is reported and corrected at once', () => {
    given()
      .when(make(MeasureIndicator, { ...lianduBeds, ...beds2161 }), none)
      .then(measured(beds2161), MeasurementAccepted.of({ reported: beds2161 }));
    const accepted = [...reported, MeasurementAccepted.of({ reported: beds2161 })];
    given(...accepted)
      .when(correct, { ...none, reason })
      .then(corrected(beds2161, beds2107), MeasurementAccepted.of({ reported: beds2107 }));
    given(...accepted)
      .when(approve, { ...none, actor: reviewer })
      .thenNothing();
    given(...accepted)
      .when(sendBack, { ...none, actor: reviewer, reason })
      .thenRefused('figure.nothing-to-return');
  });

  it('lets anybody approve what waited before', () => {
    given(...reported)
      .when(approve, { ...none, actor: reviewer })
      .then(approved(beds2161));
  });
});

describe('nobody approves what they reported', () => {
  const other = { ...someone, id: 'reporter-2', name: '另一填报员' };

  it.each([
    ['reported', [by(reviewer, measured(beds2161)), by(other, corrected(beds2161, beds2107))]],
    ['corrected', [measured(beds2161), by(reviewer, corrected(beds2161, beds2107)), corrected(beds2107, beds2161)]],
    ['reported, withdrew and another reported', [by(reviewer, measured(beds2161)), withdrawn(), measured(beds2107)]],
    ['reported at a lower level', [by(reviewer, measured(beds2161)), by(countyReviewer, passed(beds2161))]],
  ])('since the last approval: who %s', (_, events) => {
    given(...events)
      .when(approve, { actor: reviewer })
      .thenRefused('figure.own-approval');
    given(...events)
      .when(approve, { actor: { ...reviewer, means: 'import' } })
      .thenRefused('figure.own-approval');
  });

  it('but what was approved before is over', () => {
    given(by(reviewer, measured(beds2161)), by(other, approved(beds2161)), by(corrector, corrected(beds2161, beds2107)))
      .when(approve, { actor: reviewer })
      .then(approved(beds2107));
  });
});

describe('a locked figure', () => {
  const published = {
    evaluation: 'midterm-2022',
    title: '中期评估（2022）',
    period: '2022',
    knownAt: '2023-07-01T00:00:00.000Z',
  };
  const afterPublishing = { known: { plan: planState(), indicator, kept, published: [published] } };
  const messageOf = (events: readonly Said<FigureEvent>[], circumstances = {}) => {
    const context = { now, knownAt: now, actor: someone, evidence, reason, known: { plan: planState(), indicator } };
    const state = stateOf(figureDecider, ...events);
    return () => figureDecider.decide(correct, state, { ...context, ...circumstances });
  };

  it('is approved by the last level: its correction needs the right, a reason and a kept file', () => {
    given(...twice)
      .when(correct, { ...whole })
      .thenRefused('figure.locked');
    given(...twice)
      .when(correct, { ...whole, actor: corrector, reason: undefined })
      .thenRefused('reason.missing', 'reason');
    given(...twice)
      .when(correct, { actor: corrector, reason })
      .thenRefused('figure.evidence-needed', 'evidence');
    const byTitle = { reason, evidence: [{ title: '复核记录' }], actor: corrector };
    const byAnother = { ...byTitle, evidence: [{ title: '复核记录', sha256: 'b2'.repeat(32) }] };
    for (const circumstances of [byTitle, byAnother]) {
      given(...twice)
        .when(correct, circumstances)
        .thenRefused('figure.evidence-not-kept', 'evidence');
    }
    given(...twice)
      .when(correct, { ...whole, actor: operator, evidence: byTitle.evidence })
      .thenRefused('figure.evidence-not-kept');
    expect(messageOf(twice, byTitle)).toThrow(/POST \/api\/plans\/.*\/evidence\?unit=331102.*tongjian evidence keep/);
    expect(messageOf(twice, byAnother)).toThrow(/依据文件 b2b2b2b2b2b2 没有为单位 331102 或其上级留存/);
    for (const actor of [corrector, operator]) {
      given(...twice)
        .when(correct, { ...whole, actor })
        .then(corrected(beds2161, beds2107));
    }
  });

  it('says why, who can unlock it and who can correct it', () => {
    expect(messageOf(twice)).toThrow(/市局审核员甲 于 2022-01-03 审核通过.*规划管理员解除.*更正员/);
    expect(messageOf(reported, afterPublishing)).toThrow(/评估 midterm-2022（中期评估（2022））于 2023-07-01 发布/);
  });

  it('stays locked while its correction waits and when that was returned', () => {
    const waiting = [...twice, by(corrector, corrected(beds2161, beds2107))];
    const again = make(CorrectMeasurement, { ...lianduBeds, numerator: '2100', denominator: '3891' });
    given(...waiting)
      .when(again, whole)
      .thenRefused('figure.locked');
    const sentBack = [...waiting, by(reviewer, returned(beds2107))];
    given(...sentBack)
      .when(make(MeasureIndicator, { ...lianduBeds, ...beds2107 }), whole)
      .thenRefused('figure.locked');
    given(...sentBack)
      .when(make(DeclareMissing, { ...lianduBeds, because: 'not-collected' }), whole)
      .thenRefused('figure.locked');
  });

  it('may have a period of which an evaluation was published', () => {
    given(...reported)
      .when(correct, { ...whole, ...afterPublishing })
      .thenRefused('figure.locked');
    given(...reported)
      .when(correct, { ...whole, ...afterPublishing, actor: corrector })
      .then(corrected(beds2161, beds2107));
    const other = { known: { ...afterPublishing.known, published: [{ ...published, period: '2021' }] } };
    given(...reported)
      .when(correct, { ...whole, ...other })
      .then(corrected(beds2161, beds2107));
  });

  it('is corrected by imports without a right or evidence of its own, but with a reason', () => {
    given(...twice)
      .when(correct, { actor: loader, reason })
      .then(corrected(beds2161, beds2107));
    given(...twice)
      .when(correct, { actor: loader })
      .thenRefused('reason.missing');
  });

  describe('that was unlocked', () => {
    const unlocked = (data: Partial<(typeof FiguresUnlocked)['example']>, ...more: PlanEvent[]) => ({
      known: {
        plan: planState(
          saying(
            { reason: '系统迁移' },
            FiguresUnlocked.of({ unit: '331102', period: '2022', until: '2023-08-25', ...data }),
          ),
          ...more,
        ),
        indicator,
        published: [published],
      },
    });

    it.each<[string, Partial<(typeof FiguresUnlocked)['example']>]>([
      ['on the last day', {}],
      ['for its indicator', { code: '02' }],
    ])('can be corrected %s', (_, data) => {
      given(...twice)
        .when(correct, { reason, ...unlocked(data) })
        .then(corrected(beds2161, beds2107));
    });

    it.each<[string, Partial<(typeof FiguresUnlocked)['example']>, ...PlanEvent[]]>([
      ['the last day', { until: '2023-08-24' }],
      ['another unit', { unit: '331121' }],
      ['another period', { period: '2021' }],
      ['another indicator', { code: '03' }],
      ['an early end', {}, UnlockingEnded.of({ unit: '331102', period: '2022' })],
    ])('is locked after or for %s', (_, data, ...more) => {
      given(...twice)
        .when(correct, { reason, ...unlocked(data, ...more) })
        .thenRefused('figure.locked');
    });
  });
});

describe('withdrawal', () => {
  it('is for the reporter and their unit, before approval', () => {
    for (const actor of [someone, { ...someone, id: 'reporter-2' }]) {
      given(...once)
        .when(withdraw, { actor, reason })
        .then(withdrawn(beds2161));
      given(...twice)
        .when(withdraw, { ...whole, actor })
        .thenRefused('figure.locked');
    }
  });

  it('is otherwise for those who may correct what is locked, with a kept file', () => {
    const elsewhere = { ...corrector, id: 'corrector-2', unit: '331100' };
    given(...reported)
      .when(withdraw, { ...whole, actor: otherCounty })
      .thenRefused('figure.not-own');
    given(...reported)
      .when(withdraw, { actor: elsewhere, reason })
      .thenRefused('figure.evidence-needed');
    for (const events of [reported, twice]) {
      given(...events)
        .when(withdraw, { ...whole, actor: elsewhere })
        .then(withdrawn(beds2161));
    }
    given(by(otherCounty, missing('not-due')))
      .when(withdraw, { ...whole, actor: { ...reviewer, unit: undefined } })
      .thenRefused('figure.not-own');
  });
});
