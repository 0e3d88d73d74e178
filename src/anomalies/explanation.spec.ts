import { make, specification } from '../../test/support/decider-spec.js';
import { plan, planState } from '../../test/support/examples/plans.js';
import { by, reviewer } from '../../test/support/recorded.js';
import { ExplainAnomaly, JudgeAnomalyExplanation } from './explanation.commands.js';
import { explanationDecider } from './explanation.decider.js';
import { AnomalyExplained, AnomalyExplanationJudged, explanationEvents } from './explanation.events.js';

const known = { plan: planState(), value: '55.3' };
const given = specification(explanationDecider, explanationEvents, { known, now: '2023-09-01T02:00:00.000Z' });
const mark = { plan, code: '02', unit: '331102', period: '2022', kind: 'jump' } as const;
const explain = (text = '两家机构年内投入运营') => make(ExplainAnomaly, { ...mark, text });
const judge = (accepted: boolean, kind: JudgeAnomalyExplanation['kind'] = 'jump') =>
  make(JudgeAnomalyExplanation, { ...mark, kind, accepted });
const explained = AnomalyExplained.of({ kind: 'jump', value: '55.3', text: '两家机构年内投入运营' });
const accepted = AnomalyExplanationJudged.of({ kind: 'jump', accepted: true });
const declined = AnomalyExplanationJudged.of({ kind: 'jump', accepted: false });
const because = { reason: '机构上年已投入运营' };

describe('the explanation of a mark', () => {
  it('is of the value that stands, and is replaced by another one', () => {
    given().when(explain()).then(explained);
    given(explained).when(explain()).thenNothing();
    const again = AnomalyExplained.of({ kind: 'jump', value: '55.3', text: '统计口径未变' });
    given(explained, by(reviewer, declined)).when(explain('统计口径未变')).then(again);
    const corrected = { known: { ...known, value: '56.1' } };
    given(explained)
      .when(explain(), corrected)
      .then(AnomalyExplained.of({ kind: 'jump', value: '56.1', text: '两家机构年内投入运营' }));
  });

  it('is not one of a figure without a value', () => {
    given()
      .when(explain(), { known: { plan: known.plan } })
      .thenRefused('anomaly.unknown-figure', 'code');
  });

  it('is judged by another person, with a reason where it is not accepted', () => {
    given(by(reviewer, explained)).when(judge(true)).then(accepted);
    given(by(reviewer, explained)).when(judge(false), because).then(declined);
    given(by(reviewer, explained)).when(judge(false)).thenRefused('reason.missing', 'reason');
    given(explained).when(judge(true)).thenRefused('anomaly.own-explanation');
  });

  it('is judged only while it is of the value that stands', () => {
    given().when(judge(true)).thenRefused('anomaly.not-explained', 'kind');
    given(by(reviewer, explained)).when(judge(true, 'copied')).thenRefused('anomaly.not-explained', 'kind');
    const corrected = { known: { ...known, value: '56.1' } };
    given(by(reviewer, explained)).when(judge(true), corrected).thenRefused('anomaly.not-explained', 'kind');
  });
});
