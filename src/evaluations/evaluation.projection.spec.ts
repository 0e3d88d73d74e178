import {
  findingRecorded,
  frozenLater,
  midtermOpened,
  published,
  recommendationMade,
  rectificationReported,
  snapshotTaken,
  superseded,
} from '../../test/support/examples/evaluations.js';
import { by, recorded, recordedOn, reviewer, someone, type Said } from '../../test/support/recorded.js';
import { documentOf } from '../../test/support/replay.js';
import { evaluationStream, type EvaluationEvent } from './evaluation.events.js';
import { evaluationProjection } from './evaluation.projection.js';
import { nothingEntered } from './judging.projection.js';

const stream = evaluationStream('lishui', 'midterm-2022');
const after = (...events: readonly Said<EvaluationEvent>[]) =>
  documentOf(evaluationProjection, recorded(events, { stream }));

describe('the document of an evaluation', () => {
  it('holds the opened data with person and known time', async () => {
    expect(await after(midtermOpened)).toEqual({
      ...midtermOpened.data,
      ...{ plan: 'lishui', id: 'midterm-2022', by: someone.name, knownAt: recordedOn(1), demo: false },
      ...{ snapshots: [], findings: [], recommendations: [], checks: [], ...nothingEntered },
    });
  });

  it('lists snapshots and findings with person and known time', async () => {
    const later = by(reviewer, snapshotTaken(2, frozenLater));
    const { snapshots, findings } = await after(midtermOpened, snapshotTaken(), findingRecorded(), later);
    expect(snapshots).toEqual([
      { ...snapshotTaken().data, by: someone.name, knownAt: recordedOn(2) },
      { ...later.data, by: reviewer.name, knownAt: recordedOn(4) },
    ]);
    expect(findings).toEqual([{ ...findingRecorded().data, by: someone.name, knownAt: recordedOn(3) }]);
  });

  it('lists the rectifications per recommendation', async () => {
    const reports = [rectificationReported(false), rectificationReported(true, '已全部接入')];
    const { recommendations } = await after(
      ...[midtermOpened, recommendationMade(), recommendationMade(2, '另一建议'), ...reports],
    );
    expect(recommendations.map(({ number, rectifications }) => [number, rectifications.length])).toEqual([
      [1, 2],
      [2, 0],
    ]);
    expect(recommendations[0]?.rectifications[1]).toEqual({
      ...{ text: '已全部接入', finished: true, by: someone.name, knownAt: recordedOn(5) },
    });
  });

  it('holds the published snapshot and the successor', async () => {
    const events = [midtermOpened, snapshotTaken(), published(1), superseded()];
    expect(await after(...events)).toMatchObject({ published: 1, supersededBy: 'midterm-2022-revised' });
    expect(await after(...events)).not.toHaveProperty('supersededBecause');
  });

  it('fails if the first event is not EvaluationOpened', async () => {
    await expect(after(findingRecorded())).rejects.toThrow('before the evaluation was opened');
  });
});
