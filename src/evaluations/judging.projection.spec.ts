import { midtermOpened, verdictGiven } from '../../test/support/examples/evaluations.js';
import { by, recorded, recordedOn, reviewer, saying, someone, type Said } from '../../test/support/recorded.js';
import { documentOf } from '../../test/support/replay.js';
import { evaluationStream, type EvaluationEvent } from './evaluation.events.js';
import { evaluationProjection } from './evaluation.projection.js';
import { judgementOf } from './judgement.js';
import {
  ItemConcluded,
  StatementWithdrawn,
  SurveyRecorded,
  VerdictRevised,
  VerdictWithdrawn,
} from './judging.events.js';

const stream = evaluationStream('lishui', 'midterm-2022');
const after = (...events: readonly Said<EvaluationEvent>[]) =>
  documentOf(evaluationProjection, recorded([midtermOpened, ...events], { stream }));
const evidence = [{ title: '核查记录' }];
const things = [{ item: 'plan', name: '总体', computed: { word: '指数 96.2' } }];
const concluded = (step: string) => ItemConcluded.of({ item: 'plan', scale: 'five', step, ground: '合议' });
const survey = SurveyRecorded.of({
  ...{ number: 1, question: '您是否满意？', on: '2023-06-15', population: '老人', method: '入户', n: 100, share: '50' },
});

describe('a verdict in the document', () => {
  const given = saying({ evidence }, verdictGiven('nearly'));
  const first = { scale: 'five', step: 'nearly', ground: '见附件', by: someone.name, knownAt: recordedOn(2), evidence };

  it('keeps what it said before it was revised, and why it was withdrawn', async () => {
    const revised = VerdictRevised.of({ verdict: 1, scale: 'five', step: 'completed', ground: '复核' });
    const { verdicts } = await after(
      ...[
        given,
        saying({ reason: '有新材料' }, revised),
        saying({ reason: '材料有误' }, VerdictWithdrawn.of({ verdict: 1 })),
      ],
    );
    expect(verdicts).toEqual([
      {
        ...{ number: 1, item: 'plan', standing: 'self', assessor: someone.id, unit: someone.unit },
        ...{ scale: 'five', step: 'completed', ground: '复核', reason: '有新材料' },
        ...{ by: someone.name, knownAt: recordedOn(3), earlier: [first] },
        withdrawn: { by: someone.name, knownAt: recordedOn(4), reason: '材料有误' },
      },
    ]);
  });

  it('is judged beside the others: their disagreement counts those that were not withdrawn', async () => {
    const other = by(reviewer, verdictGiven('severely-behind', { number: 2, standing: 'experts' }));
    const third = by(reviewer, verdictGiven('poor', { number: 3, standing: 'public', scale: 'points', points: '40' }));
    const [apart] = judgementOf(await after(given, other, third), things, 1).items;
    expect(apart).toMatchObject({ ...things[0], disagreement: 2, toDiscuss: true });
    expect(apart!.verdicts.map(({ shown }) => shown.word)).toEqual(['基本完成', '严重滞后', '差（40 分）']);
    const withdrawn = by(reviewer, VerdictWithdrawn.of({ verdict: 2 }));
    const [alone] = judgementOf(await after(given, other, withdrawn), things, 1).items;
    expect(alone).toMatchObject({ disagreement: 0, toDiscuss: false });
  });

  it('is concluded by the lead, and the earlier conclusion is kept', async () => {
    const document = await after(given, concluded('behind'), saying({ reason: '复议' }, concluded('nearly')));
    const [item] = judgementOf(document, [], undefined).items;
    expect(item).toMatchObject({
      item: 'plan',
      name: 'plan',
      conclusion: { shown: { word: '基本完成' }, reason: '复议' },
    });
    expect(item!.conclusion!.earlier).toMatchObject([{ step: 'behind', knownAt: recordedOn(3) }]);
  });
});

it('a survey has its margin, and stays readable when it is withdrawn', async () => {
  const document = await after(
    survey,
    saying({ reason: '样本有误' }, StatementWithdrawn.of({ kind: 'survey', number: 1 })),
  );
  const { surveys } = judgementOf(document, things, undefined);
  expect(surveys).toMatchObject([{ share: '50', margin: '9.8', withdrawn: { reason: '样本有误' } }]);
});
