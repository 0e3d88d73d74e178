import { make, specification, stateOf } from '../../test/support/decider-spec.js';
import {
  findingRecorded,
  frozen,
  frozenLater,
  midtermOpened,
  published,
  recommendationMade,
  rectificationReported,
  snapshotTaken,
  superseded,
  verdictGiven,
} from '../../test/support/examples/evaluations.js';
import { by, reviewer } from '../../test/support/recorded.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { planDecider } from '../plans/plan.decider.js';
import {
  MakeRecommendation,
  OpenEvaluation,
  PublishEvaluation,
  RecordFinding,
  ReportRectification,
  SupersedeEvaluation,
  TakeSnapshot,
} from './evaluation.commands.js';
import { evaluationDecider, snapshotOf, type EvaluationKnown, type SnapshotFacts } from './evaluation.decider.js';
import {
  AppraisalFrozen,
  EvaluationOpened,
  EvaluationPublished,
  RecommendationMade,
  evaluationEvents,
  type EvaluationEvent,
} from './evaluation.events.js';
import { ItemConcluded, VerdictWithdrawn } from './judging.events.js';

const known: EvaluationKnown = { plan: planState() };
const given = specification(evaluationDecider, evaluationEvents, { known, now: '2023-09-01T02:00:00.000Z' });
const freezing = (snapshot = frozen) => ({ known: { ...known, snapshot } });

const midterm = { plan, id: 'midterm-2022' };
const open = (different: Partial<OpenEvaluation> = {}) =>
  make(OpenEvaluation, { ...midterm, kind: 'midterm', period: '2022', ...different });
const take = make(TakeSnapshot, midterm);
const find = (text = '联办率严重滞后于序时进度') =>
  make(RecordFinding, { ...midterm, severity: 'high', subject: '05', text });
const recommend = (different: Partial<MakeRecommendation> = {}) => {
  const { number: _, ...data } = recommendationMade().data;
  return make(MakeRecommendation, { ...midterm, ...data, ...different });
};
const rectify = (finished: boolean, text = '已接入 8 项', recommendation = 1) =>
  make(ReportRectification, { ...midterm, recommendation, text, finished });
const publish = (snapshot = 1) => make(PublishEvaluation, { ...midterm, snapshot });
const supersede = (by = 'midterm-2022-revised') => make(SupersedeEvaluation, { ...midterm, by });

const because = { reason: '补报数据后重新评估' };

const afterwards = [take, find(), recommend(), rectify(true), publish(), supersede()];

describe('opening an evaluation', () => {
  it('derives the title from kind and period if none is given', () => {
    given().when(open()).then(midtermOpened);
    given()
      .when(open({ kind: 'annual', period: '2023-S1', title: '2023 年上半年监测' }))
      .then(EvaluationOpened.of({ kind: 'annual', period: '2023-S1', title: '2023 年上半年监测' }));
  });

  it('records purpose, standard, method, evaluator and window', () => {
    const stated = { purpose: '目的', standard: '标准', method: '方法', evaluator: '第三方', window: '2023 年 6 月' };
    given()
      .when(open(stated))
      .then(EvaluationOpened.of({ ...midtermOpened.data, ...stated }));
  });

  it('records basis, cut-off, participants, lead and scales', () => {
    const stars = {
      ...{ code: 'stars', label: '星级' },
      steps: [
        { code: 'one', word: '一星', colour: 'red' as const },
        { code: 'two', word: '二星', colour: 'green' as const },
      ],
    };
    const scheme = {
      ...{ basis: '《规划》第九章', asOf: '2023-06-30', lead: 'p_abcdefghijklmnopqrst' },
      ...{ participants: [{ standing: 'self' as const, name: '各县（市、区）' }], scales: [stars] },
      useScales: ['stars', 'criteria'],
    };
    given()
      .when(open(scheme))
      .then(EvaluationOpened.of({ ...midtermOpened.data, ...scheme }));
    given()
      .when(open({ useScales: ['stars'] }))
      .thenRefused('scale.unknown', 'useScales');
    given()
      .when(open({ scales: [{ ...stars, code: 'five' }] }))
      .thenRefused('scale.code-taken', 'scales.0.code');
  });

  it('happens once', () => {
    given(midtermOpened).when(open()).thenNothing();
    given(midtermOpened)
      .when(open({ purpose: '改了目的' }))
      .thenRefused('evaluation.already-open', 'id');
  });

  it.each(['2020', '2026'])('refuses the period %s outside the plan’s years', (period) => {
    given().when(open({ period })).thenRefused('evaluation.period', 'period');
  });

  it('accepts the plan’s first year', () => {
    given()
      .when(open({ period: '2021' }))
      .then(EvaluationOpened.of({ kind: 'midterm', period: '2021', title: '中期评估（2021）' }));
  });

  it('accepts a final evaluation only for the plan’s last year', () => {
    given()
      .when(open({ kind: 'final', period: '2024' }))
      .thenRefused('evaluation.final-period', 'period');
    given()
      .when(open({ kind: 'final', period: '2025' }))
      .then(EvaluationOpened.of({ kind: 'final', period: '2025', title: '总结评估（2025）' }));
  });

  it.each([open(), ...afterwards])('requires a drafted plan ($type)', (command) => {
    given(midtermOpened)
      .when(command, { known: { plan: planDecider.initialState } })
      .thenRefused('plan.unknown');
  });

  it.each(afterwards)('must precede $type', (command) => {
    given().when(command, freezing()).thenRefused('evaluation.unknown');
  });
});

describe('taking a snapshot', () => {
  it('numbers the snapshots', () => {
    given(midtermOpened).when(take, freezing()).then(snapshotTaken());
    given(midtermOpened, snapshotTaken()).when(take, freezing(frozenLater)).then(snapshotTaken(2, frozenLater));
  });

  it('changes nothing if any earlier snapshot has the same content hash', () => {
    given(midtermOpened, snapshotTaken()).when(take, freezing()).thenNothing();
    given(midtermOpened, snapshotTaken(), snapshotTaken(2, frozenLater)).when(take, freezing()).thenNothing();
  });

  it('that is there already is no further one: published or superseded, it is answered', () => {
    given(midtermOpened, snapshotTaken(), published()).when(take, freezing()).thenNothing();
    given(midtermOpened, snapshotTaken(), superseded()).when(take, freezing()).thenNothing();
  });

  it('names the one that it took, or else the one that has the same content', () => {
    const state = stateOf(evaluationDecider, midtermOpened, snapshotTaken(), snapshotTaken(2, frozenLater));
    const named = (snapshot: SnapshotFacts, events: readonly EvaluationEvent[] = []) =>
      snapshotOf({ events, state, known: { ...known, snapshot } })?.number;
    expect([named(frozen), named(frozenLater)]).toEqual([1, 2]);
    expect(named(frozen, [snapshotTaken(3, frozenLater)])).toBe(3);
    expect(snapshotOf({ events: [snapshotTaken(2)], state })?.number).toBe(2);
    expect(snapshotOf({ events: [], state, known })).toBeUndefined();
    expect(snapshotOf({ events: [], state })).toBeUndefined();
  });
});

describe('findings and recommendations', () => {
  it('are numbered', () => {
    given(midtermOpened).when(find()).then(findingRecorded());
    given(midtermOpened, findingRecorded()).when(find('另一问题')).then(findingRecorded(2, '另一问题'));
    given(midtermOpened).when(recommend()).then(recommendationMade());
    given(midtermOpened, recommendationMade())
      .when(recommend({ text: '另一建议' }))
      .then(recommendationMade(2, '另一建议'));
  });

  it('repeated change nothing', () => {
    given(midtermOpened, findingRecorded(), findingRecorded(2, '另一问题')).when(find()).thenNothing();
    given(midtermOpened, recommendationMade(), recommendationMade(2, '另一建议')).when(recommend()).thenNothing();
  });

  it('are different if any field differs', () => {
    given(midtermOpened, recommendationMade())
      .when(recommend({ dueOn: '2024-06-30' }))
      .then(RecommendationMade.of({ ...recommendationMade(2).data, dueOn: '2024-06-30' }));
  });

  it('refuse a unit that the plan does not have; the unit may be omitted', () => {
    given(midtermOpened)
      .when(recommend({ unit: '339999' }))
      .thenRefused('evaluation.unknown-unit', 'unit');
    given(midtermOpened)
      .when(recommend({ unit: undefined, dueOn: undefined }))
      .then(RecommendationMade.of({ number: 1, text: recommendationMade().data.text }));
  });
});

describe('整改', () => {
  const recommended = [midtermOpened, recommendationMade()];

  it('can be reported until it is finished, also after publication', () => {
    given(...recommended)
      .when(rectify(false))
      .then(rectificationReported(false));
    given(...recommended, snapshotTaken(), published())
      .when(rectify(true))
      .then(rectificationReported(true));
    given(...recommended, rectificationReported(true))
      .when(rectify(true, '又接入 2 项'))
      .thenRefused('evaluation.rectified');
  });

  it('repeated with the same text changes nothing', () => {
    given(...recommended, rectificationReported(false))
      .when(rectify(false))
      .thenNothing();
    given(...recommended, rectificationReported(false))
      .when(rectify(false, '已接入 10 项'))
      .then(rectificationReported(false, '已接入 10 项'));
  });

  it('refuses a recommendation that does not exist', () => {
    given(...recommended)
      .when(rectify(true, '已接入', 2))
      .thenRefused('evaluation.unknown-recommendation');
  });

  it('is tracked per recommendation', () => {
    given(...recommended, recommendationMade(2, '另一建议'), rectificationReported(true))
      .when(rectify(true, '已接入', 2))
      .then({ type: 'RectificationReported', data: { recommendation: 2, text: '已接入', finished: true } });
  });
});

describe('publishing an evaluation', () => {
  const ready = [midtermOpened, snapshotTaken(), snapshotTaken(2, frozenLater)];

  it('publishes one of its snapshots once', () => {
    given(...ready)
      .when(publish(2))
      .then(published(2));
    given(...ready, published(2))
      .when(publish(2))
      .thenNothing();
    given(...ready, published(2))
      .when(publish(1))
      .thenRefused('evaluation.published');
  });

  it('names what is open, which has to be accepted by name', () => {
    const notReady = [
      { line: 'unreported', count: 3, text: '未报 3 项' },
      { line: 'marks', count: 1, text: '未说明的数据提示 1 项' },
    ];
    const open = { known: { ...known, notReady } };
    const accepting = (...acceptWarnings: string[]) => make(PublishEvaluation, { ...publish(), acceptWarnings });
    given(...ready)
      .when(publish(), open)
      .thenRefused('evaluation.open-points', 'acceptWarnings', undefined, '2 项');
    given(...ready)
      .when(accepting('readiness:marks'), open)
      .thenRefused('evaluation.open-points');
    const accepted = ['readiness:unreported', 'readiness:marks'];
    given(...ready)
      .when(accepting('readiness:marks', 'readiness:unreported', 'readiness:checks'), open)
      .then(EvaluationPublished.of({ snapshot: 1, accepted }));
  });

  it('freezes the sheets of its year in the same step, with what is open of them accepted by name', () => {
    const stored = {
      ...{ period: '2022', asOf: '2023-09-01T02:00:00.000Z', rulesVersion: 1 },
      ...{ contentHash: 'd'.repeat(64), size: 48_211 },
    };
    const waiting = { id: 'appraisal:objection-1', text: '331102 的第 1 号考核申诉尚未裁定' };
    const of = (...open: (typeof waiting)[]) => ({ known: { ...known, appraisal: { open, stored } } });
    given(...ready)
      .when(publish(), of())
      .then(published(), AppraisalFrozen.of(stored));
    given(...ready)
      .when(publish(), of(waiting))
      .thenRefused('evaluation.open-points', 'acceptWarnings');
    given(...ready)
      .when(make(PublishEvaluation, { ...publish(), acceptWarnings: [waiting.id] }), of(waiting))
      .then(EvaluationPublished.of({ snapshot: 1, accepted: [waiting.id] }), AppraisalFrozen.of(stored));
  });

  it('names items to discuss that have no conclusion', () => {
    const apart = [verdictGiven('completed'), by(reviewer, verdictGiven('behind', { number: 2, standing: 'experts' }))];
    given(...ready, ...apart)
      .when(publish())
      .thenRefused('evaluation.open-points');
    const concluded = ItemConcluded.of({ item: 'plan', scale: 'five', step: 'nearly', ground: '以核查为准' });
    given(...ready, ...apart, concluded)
      .when(publish())
      .then(published());
    given(...ready, ...apart, by(reviewer, VerdictWithdrawn.of({ verdict: 2 })))
      .when(publish())
      .then(published());
  });

  it('refuses a snapshot that does not exist', () => {
    given(midtermOpened).when(publish()).thenRefused('evaluation.unknown-snapshot');
  });

  it.each([take, find(), recommend()])('prevents $type', (command) => {
    given(...ready, published())
      .when(command, freezing({ ...frozen, contentHash: 'c'.repeat(64) }))
      .thenRefused('evaluation.published');
  });
});

describe('superseding an evaluation', () => {
  it('records the succeeding evaluation once, with a reason', () => {
    given(midtermOpened).when(supersede(), because).then(superseded());
    given(midtermOpened).when(supersede()).thenRefused('reason.missing', 'reason');
    given(midtermOpened, superseded()).when(supersede()).thenNothing();
    given(midtermOpened, superseded()).when(supersede('midterm-third')).thenRefused('evaluation.already-superseded');
  });

  it('is allowed after publication', () => {
    given(midtermOpened, snapshotTaken(), published()).when(supersede(), because).then(superseded());
  });

  it('refuses itself as successor', () => {
    given(midtermOpened).when(supersede('midterm-2022')).thenRefused('evaluation.superseded-by-itself', 'by');
  });

  it.each([take, find(), recommend(), publish()])('prevents $type', (command) => {
    given(midtermOpened, snapshotTaken(), superseded())
      .when(command, freezing(frozenLater))
      .thenRefused('evaluation.superseded');
  });
});
