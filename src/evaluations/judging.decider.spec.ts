import { make, specification } from '../../test/support/decider-spec.js';
import {
  midtermOpened,
  published,
  snapshotTaken,
  superseded,
  verdictGiven,
} from '../../test/support/examples/evaluations.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { by, reviewer } from '../../test/support/recorded.js';
import { evaluationDecider } from './evaluation.decider.js';
import { EvaluationOpened, evaluationEvents } from './evaluation.events.js';
import {
  AdviseAdjustment,
  ConcludeItem,
  GiveVerdict,
  RecordLesson,
  RecordSurvey,
  ReviseVerdict,
  WithdrawStatement,
  WithdrawVerdict,
} from './judging.commands.js';
import {
  AdjustmentAdvised,
  ItemConcluded,
  LessonRecorded,
  StatementWithdrawn,
  SurveyRecorded,
  VerdictRevised,
  VerdictWithdrawn,
} from './judging.events.js';

const known = { plan: planState(), itemExists: true };
const given = specification(evaluationDecider, evaluationEvents, { known, now: '2023-09-01T02:00:00.000Z' });
const evaluation = { plan, id: 'midterm-2022' };
const judged = { scale: 'five', step: 'nearly', ground: '见附件' };
const give = (different: Partial<GiveVerdict> = {}) =>
  make(GiveVerdict, { ...evaluation, item: 'plan', standing: 'self', ...judged, ...different });
const revise = (step: string, verdict = 1) => make(ReviseVerdict, { ...evaluation, ...judged, step, verdict });
const withdraw = (verdict = 1) => make(WithdrawVerdict, { ...evaluation, verdict });
const conclude = (step = 'nearly') => make(ConcludeItem, { ...evaluation, item: 'plan', ...judged, step });
const survey = {
  ...{
    question: '您是否满意？',
    on: '2023-06-15',
    population: '60 岁以上老人',
    method: '入户',
    n: 1200,
    share: '87.3',
  },
};
const record = (different: Partial<RecordSurvey> = {}) =>
  make(RecordSurvey, { ...evaluation, ...survey, ...different });
const learn = (unit?: string) => make(RecordLesson, { ...evaluation, text: '结对帮扶', ...(unit && { unit }) });
const advise = make(AdviseAdjustment, { ...evaluation, adjustment: 'none', text: '不需调整' });
const takeBack = (number = 1) => make(WithdrawStatement, { ...evaluation, kind: 'survey', number });
const because = { reason: '补充了材料' };
const refined = VerdictRevised.of({ verdict: 1, scale: 'five', step: 'completed', ground: '见附件' });
const recorded = SurveyRecorded.of({ number: 1, ...survey });

describe('a verdict', () => {
  it('stands beside those of other assessors, and of other standings', () => {
    given(midtermOpened).when(give()).then(verdictGiven('nearly'));
    given(midtermOpened, by(reviewer, verdictGiven('nearly')))
      .when(give({ step: 'behind' }))
      .then(verdictGiven('behind', { number: 2 }));
    given(midtermOpened, verdictGiven('nearly'))
      .when(give({ standing: 'experts' }))
      .then(verdictGiven('nearly', { number: 2, standing: 'experts' }));
  });

  it('is given once; another one of the same assessor is a revision', () => {
    given(midtermOpened, verdictGiven('nearly')).when(give()).thenNothing();
    given(midtermOpened, verdictGiven('nearly'))
      .when(give({ step: 'behind' }))
      .thenRefused('verdict.already-given', 'item');
  });

  it('is of a step of a scale that the scheme uses', () => {
    given(midtermOpened)
      .when(give({ step: 'good' }))
      .thenRefused('verdict.step', 'step');
    given(midtermOpened)
      .when(give({ scale: 'stars' }))
      .thenRefused('verdict.scale', 'scale');
    const only = EvaluationOpened.of({ ...midtermOpened.data, useScales: ['pass'] });
    given(only).when(give()).thenRefused('verdict.scale', 'scale', undefined, 'pass');
    const points = { scale: 'points', step: undefined, points: '82.5' };
    given(midtermOpened)
      .when(give(points))
      .then(verdictGiven('good', { scale: 'points', points: '82.5' }));
  });

  it('scores criteria, and nothing else, on their scale', () => {
    const item = 'criterion/relevance';
    given(midtermOpened)
      .when(give({ item, scale: 'criteria', step: '4' }))
      .then(verdictGiven('4', { item, scale: 'criteria' }));
    for (const wrong of [give({ item }), give({ scale: 'criteria', step: '4' })]) {
      given(midtermOpened).when(wrong).thenRefused('verdict.criteria-scale', 'scale');
    }
  });

  it('is about something that the plan has', () => {
    given(midtermOpened)
      .when(give({ item: 'indicator/99/331102' }), { known: { ...known, itemExists: false } })
      .thenRefused('verdict.unknown-item', 'item', undefined, '没有指标 99');
  });

  it('is of a standing that takes part, where the scheme says who does', () => {
    const experts = [{ standing: 'experts' as const, name: '专家组' }];
    const opened = EvaluationOpened.of({ ...midtermOpened.data, participants: experts });
    given(opened).when(give()).thenRefused('verdict.standing', 'standing', undefined, '专家组');
    given(opened)
      .when(give({ standing: 'experts' }))
      .then(verdictGiven('nearly', { standing: 'experts' }));
  });

  it('is revised or withdrawn by its assessor, with a reason', () => {
    const before = [midtermOpened, verdictGiven('nearly')];
    given(...before)
      .when(revise('completed'))
      .thenRefused('reason.missing', 'reason');
    given(...before)
      .when(revise('completed'), because)
      .then(refined);
    given(...before, refined)
      .when(revise('completed'), because)
      .thenNothing();
    given(...before)
      .when(withdraw())
      .thenRefused('reason.missing', 'reason');
    given(...before)
      .when(withdraw(), because)
      .then(VerdictWithdrawn.of({ verdict: 1 }));
    for (const command of [revise('completed'), withdraw()]) {
      given(...before)
        .when(command, { ...because, actor: reviewer })
        .thenRefused('verdict.of-another', 'verdict');
      given(midtermOpened).when(command, because).thenRefused('verdict.unknown', 'verdict');
    }
  });

  it('that was withdrawn is not revised; another one may follow it', () => {
    const before = [midtermOpened, verdictGiven('nearly'), VerdictWithdrawn.of({ verdict: 1 })];
    given(...before)
      .when(withdraw(), because)
      .thenNothing();
    given(...before)
      .when(revise('completed'), because)
      .thenRefused('verdict.withdrawn');
    given(...before)
      .when(give())
      .then(verdictGiven('nearly', { number: 2 }));
  });
});

describe('a conclusion', () => {
  const concluded = ItemConcluded.of({ item: 'plan', ...judged });

  it('is changed with a reason', () => {
    given(midtermOpened).when(conclude()).then(concluded);
    given(midtermOpened, concluded).when(conclude()).thenNothing();
    given(midtermOpened, concluded).when(conclude('behind')).thenRefused('reason.missing', 'reason');
    given(midtermOpened, concluded)
      .when(conclude('behind'), because)
      .then(ItemConcluded.of({ item: 'plan', ...judged, step: 'behind' }));
  });

  it('is of the lead whom the scheme names', () => {
    const opened = EvaluationOpened.of({ ...midtermOpened.data, lead: reviewer.id });
    given(opened).when(conclude()).thenRefused('conclusion.not-lead');
    given(opened).when(conclude(), { actor: reviewer }).then(concluded);
  });
});

describe('surveys, lessons and advice', () => {
  it('are recorded once', () => {
    given(midtermOpened).when(record()).then(recorded);
    given(midtermOpened, recorded).when(record()).thenNothing();
    given(midtermOpened)
      .when(learn('331102'))
      .then(LessonRecorded.of({ number: 1, text: '结对帮扶', unit: '331102' }));
    given(midtermOpened).when(learn('339999')).thenRefused('evaluation.unknown-unit', 'unit');
    given(midtermOpened)
      .when(advise)
      .then(AdjustmentAdvised.of({ number: 1, adjustment: 'none', text: '不需调整' }));
  });

  it.each<[Partial<RecordSurvey>, string]>([
    [{ share: '100.1' }, 'share'],
    [{ share: '-1' }, 'share'],
    [{ deff: '0' }, 'deff'],
  ])('refuse a survey of %j', (different, field) => {
    given(midtermOpened).when(record(different)).thenRefused(`survey.${field}`, field);
  });

  it('are withdrawn with a reason, and may be recorded again', () => {
    const withdrawn = StatementWithdrawn.of({ kind: 'survey', number: 1 });
    given(midtermOpened, recorded).when(takeBack()).thenRefused('reason.missing', 'reason');
    given(midtermOpened, recorded).when(takeBack(), because).then(withdrawn);
    given(midtermOpened, recorded).when(takeBack(2), because).thenRefused('evaluation.unknown-statement', 'number');
    given(midtermOpened, recorded, withdrawn).when(takeBack(), because).thenNothing();
    given(midtermOpened, recorded, withdrawn)
      .when(record())
      .then(SurveyRecorded.of({ number: 2, ...survey }));
  });
});

describe.each([give(), revise('completed'), withdraw(), conclude(), record(), learn(), advise, takeBack()])(
  '$type',
  (command) => {
    it('needs an evaluation that is open', () => {
      const taken = [midtermOpened, snapshotTaken(), verdictGiven('nearly'), recorded];
      given().when(command, because).thenRefused('evaluation.unknown');
      given(...taken, published())
        .when(command, because)
        .thenRefused('evaluation.published');
      given(...taken, superseded())
        .when(command, because)
        .thenRefused('evaluation.superseded');
    });
  },
);
