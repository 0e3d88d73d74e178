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
  withdrawn,
} from '../../test/support/examples/figures.js';
import { planDrafted } from '../../test/support/examples/plans.js';
import {
  by,
  interleaved,
  recorded,
  recordedOn,
  reviewer,
  saying,
  someone,
  type Said,
} from '../../test/support/recorded.js';
import { documentOf, projected } from '../../test/support/replay.js';
import { figureStream, type FigureEvent } from './figure.events.js';
import { figureKey, figureProjection, inUse, type FigureDocument } from './figure.projection.js';

const stream = figureStream(lianduBeds);
const after = (...events: readonly Said<FigureEvent>[]): Promise<FigureDocument> =>
  documentOf(figureProjection, recorded(events, { stream }));
const usedAfter = async (...events: readonly Said<FigureEvent>[]) => inUse(await after(...events))?.reported;

const reported = measured(beds2161);
const passed = by(reviewer, approved(beds2161));
const correction = saying({ reason: '复核' }, corrected(beds2161, beds2107));
const sentBack = by(reviewer, saying({ reason: '与台账不符' }, returned(beds2107)));

describe('which value of a figure is in use', () => {
  it.each<[string, Said<FigureEvent>[], unknown]>([
    ['what was reported', [reported], beds2161],
    ['what was approved', [reported, passed], beds2161],
    ['what was approved, while its correction waits', [reported, passed, correction], beds2161],
    ['the correction, once approved', [reported, passed, correction, by(reviewer, approved(beds2107))], beds2107],
    ['what was approved, though its correction was sent back', [reported, passed, correction, sentBack], beds2161],
    ['the correction of what nobody had approved', [reported, correction], beds2107],
    ['none: it was sent back', [reported, by(reviewer, returned(beds2161))], undefined],
    ['what was reported again', [reported, by(reviewer, returned(beds2161)), measured(beds2107)], beds2107],
    ['none: it is missing', [missing('not-due')], undefined],
    ['none: it was withdrawn, though it had been approved', [reported, passed, withdrawn(beds2161)], undefined],
    ['none: it was withdrawn and is missing', [reported, withdrawn(beds2161), missing('not-collected')], undefined],
    ['what was reported anew after all', [reported, passed, withdrawn(beds2161), measured(beds2107)], beds2107],
  ])('%s', async (_, events, expected) => {
    expect(await usedAfter(...events)).toEqual(expected);
  });

  it('is none where there is no figure at all', () => {
    expect(inUse(undefined)).toBeUndefined();
  });
});

describe('the document of a figure', () => {
  it('says who reported what, when it was known, why, on what grounds', async () => {
    const evidence = [{ title: '2022 年养老服务统计报表' }];
    const knownAt = '2021-12-31T15:59:59.999Z';
    const event = saying(
      { knownAt, reason: '补录', evidence, demo: true },
      {
        ...reported,
        data: { ...reported.data, exception: '规划外' },
      },
    );
    const document = await after(event);
    const measurement = {
      ...{
        reported: beds2161,
        definitionVersion: 1,
        exception: '规划外',
        knownAt,
        reason: '补录',
        evidence,
        backfilled: true,
        demo: true,
      },
      eventId: '00000000-0000-4000-8000-000000000001',
      backfilled: true,
      by: { id: someone.id, name: someone.name, unit: someone.unit },
    };
    expect(document).toEqual({
      ...{ ...lianduBeds, standing: 'reported', corrections: 0, revision: 0, demo: true },
      ...{ first: measurement, latest: measurement },
    });
  });

  it('keeps what was first reported, counts corrections, and says who approved', async () => {
    const third = ratio('2100', '3891');
    const document = await after(reported, correction, saying({ reason: '再核' }, corrected(beds2107, third)), {
      ...by(reviewer, approved(third)),
    });
    expect(document).toMatchObject({
      ...{ standing: 'approved', corrections: 2, first: { reported: beds2161 } },
      ...{ latest: { reported: third, reason: '再核' }, approved: { reported: third } },
      approval: { by: { id: reviewer.id, name: reviewer.name }, knownAt: recordedOn(4) },
    });
  });

  it('says why it was sent back, until it comes again', async () => {
    expect(await after(reported, correction, sentBack)).toMatchObject({ standing: 'returned', note: '与台账不符' });
    expect(await after(reported, correction, sentBack, measured(beds2161))).not.toHaveProperty('note');
  });

  it('says why there is none', async () => {
    const missed = await after(saying({ reason: '年鉴 9 月出版' }, missing('not-due')));
    expect(missed).toMatchObject({ standing: 'missing', because: 'not-due', note: '年鉴 9 月出版' });
    const gone = await after(reported, passed, saying({ reason: '期间填错' }, withdrawn(beds2161)));
    expect(gone).toMatchObject({ standing: 'withdrawn', note: '期间填错', first: { reported: beds2161 } });
    for (const field of ['latest', 'approved', 'approval', 'because']) expect(gone).not.toHaveProperty(field);
    expect(await after(missing('not-due'), reported)).not.toHaveProperty('because');
  });

  it('is demonstration data for good once any of it was', async () => {
    expect((await after(saying({ demo: true }, reported), passed)).demo).toBe(true);
    expect((await after(reported, passed)).demo).toBe(false);
  });

  it('has a version for every event, known when that was, with the revision to rely on', async () => {
    const late = saying({ knownAt: recordedOn(2) }, corrected(beds2161, beds2107));
    const events = recorded([reported, passed, late], { stream });
    const [versions] = [...(await projected(figureProjection, events)).values()];
    expect(versions?.map(({ position, knownAt, body }) => [position, knownAt, body.standing, body.revision])).toEqual([
      ['1', recordedOn(1), 'reported', 0],
      ['2', recordedOn(2), 'approved', 1],
      ['3', recordedOn(2), 'reported', 2],
    ]);
  });

  it('is one of many: each figure its own, whatever lies between', async () => {
    const qingtian = { ...lianduBeds, unit: '331121' };
    const events = interleaved(
      recorded([reported, passed, correction], { stream }),
      recorded([planDrafted], { stream: 'plan-lishui' }),
      recorded([missing('not-due')], { stream: figureStream(qingtian) }),
    );
    const documents = await projected(figureProjection, events);
    expect([...documents.keys()]).toEqual(['lishui/02/2022/331102', 'lishui/02/2022/331121']);
    expect(documents.get(figureKey(qingtian))?.at(-1)?.body.standing).toBe('missing');
    expect(documents.get(figureKey(lianduBeds))).toHaveLength(3);
  });
});
