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
import { eventsInUse, figureKey, figureProjection, inUse, type FigureDocument } from './figure.projection.js';

const stream = figureStream(lianduBeds);
const after = (...events: readonly Said<FigureEvent>[]): Promise<FigureDocument> =>
  documentOf(figureProjection, recorded(events, { stream }));
const usedAfter = async (...events: readonly Said<FigureEvent>[]) => inUse(await after(...events))?.reported;

const reported = measured(beds2161);
const passed = by(reviewer, approved(beds2161));
const correction = saying({ reason: '复核' }, corrected(beds2161, beds2107));
const sentBack = by(reviewer, saying({ reason: '与台账不符' }, returned(beds2107)));

describe('the value in use of a figure is', () => {
  it.each<[string, Said<FigureEvent>[], unknown]>([
    ['the reported value', [reported], beds2161],
    ['the approved value', [reported, passed], beds2161],
    ['the approved value while a correction waits for approval', [reported, passed, correction], beds2161],
    ['the correction after its approval', [reported, passed, correction, by(reviewer, approved(beds2107))], beds2107],
    ['the approved value after its correction was returned', [reported, passed, correction, sentBack], beds2161],
    ['the correction of a value never approved', [reported, correction], beds2107],
    ['none if the reported value was returned', [reported, by(reviewer, returned(beds2161))], undefined],
    [
      'the value reported again after a return',
      [reported, by(reviewer, returned(beds2161)), measured(beds2107)],
      beds2107,
    ],
    ['none if declared missing', [missing('not-due')], undefined],
    ['none if withdrawn after approval', [reported, passed, withdrawn(beds2161)], undefined],
    [
      'none if withdrawn and then declared missing',
      [reported, withdrawn(beds2161), missing('not-collected')],
      undefined,
    ],
    [
      'the value reported again after a withdrawal',
      [reported, passed, withdrawn(beds2161), measured(beds2107)],
      beds2107,
    ],
  ])('%s', async (_, events, expected) => {
    expect(await usedAfter(...events)).toEqual(expected);
  });

  it('none if there is no document', () => {
    expect(inUse(undefined)).toBeUndefined();
  });
});

describe('the events that concern the value in use', () => {
  const third = ratio('2100', '3891');
  const concerned = (...events: Said<FigureEvent>[]) => {
    const all = recorded(events, { stream });
    const used = eventsInUse(all);
    return all.flatMap(({ id }, at) => (used.has(id) ? [at] : []));
  };

  it.each<[string, Said<FigureEvent>[], number[]]>([
    ['a report and its approval', [reported, passed], [0, 1]],
    ['not a correction that waits', [reported, passed, correction], [0, 1]],
    ['not a correction that was returned, nor its return', [reported, passed, correction, sentBack], [0, 1]],
    ['a correction that was approved', [reported, passed, correction, by(reviewer, approved(beds2107))], [0, 1, 2, 3]],
    ['every correction of a value never approved', [reported, correction, corrected(beds2107, third)], [0, 1, 2]],
    [
      'the last of two corrections, if only it was approved',
      [reported, passed, correction, corrected(beds2107, third), by(reviewer, approved(third))],
      [0, 1, 3, 4],
    ],
    ['a return that leaves no value', [reported, by(reviewer, returned(beds2161))], [0, 1]],
    ['a withdrawal', [reported, passed, correction, withdrawn(beds2107)], [0, 1, 3]],
    ['a declaration that it is missing', [missing('not-due'), missing('not-collected')], [0, 1]],
  ])('are %s', (_, events, expected) => {
    expect(concerned(...events)).toEqual(expected);
  });
});

describe('the document of a figure', () => {
  it('holds value, reporter, known time, reason and evidence of a report', async () => {
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
      corrections: 0,
      by: { id: someone.id, name: someone.name, unit: someone.unit },
    };
    expect(document).toEqual({
      ...{ ...lianduBeds, standing: 'reported', corrections: 0, changesSinceApproval: 0 },
      ...{ revision: 0, demo: true },
      ...{ first: measurement, latest: measurement },
    });
  });

  it('holds the first report, the number of corrections and the approver', async () => {
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

  it.each<[string, Said<FigureEvent>[], number, number | undefined]>([
    ['a report', [reported, passed], 0, 0],
    ['a correction that waits', [reported, passed, correction], 1, 0],
    ['a correction that was returned', [reported, passed, correction, sentBack], 1, 0],
    ['a correction that was approved', [reported, passed, correction, by(reviewer, approved(beds2107))], 1, 1],
    ['a correction of a value never approved', [reported, correction], 1, 1],
    [
      'a correction after a returned one',
      [reported, passed, correction, sentBack, correction, by(reviewer, approved(beds2107))],
      ...([2, 1] as const),
    ],
    ['a report after a withdrawal', [reported, correction, withdrawn(beds2107), reported], 1, 0],
    ['a return of a corrected report', [reported, correction, sentBack], 1, undefined],
    ['a new report after a return', [reported, correction, sentBack, reported], 1, 0],
  ])('counts the corrections of the value in use after %s', async (_, events, all, used) => {
    const document = await after(...events);
    expect([document.corrections, inUse(document)?.corrections]).toEqual([all, used]);
  });

  it('holds the reason of a return until the figure is reported again', async () => {
    expect(await after(reported, correction, sentBack)).toMatchObject({ standing: 'returned', note: '与台账不符' });
    expect(await after(reported, correction, sentBack, measured(beds2161))).not.toHaveProperty('note');
  });

  it('holds the reason why a missing or withdrawn figure has no value', async () => {
    const missed = await after(saying({ reason: '年鉴 9 月出版' }, missing('not-due')));
    expect(missed).toMatchObject({ standing: 'missing', because: 'not-due', note: '年鉴 9 月出版' });
    const gone = await after(reported, passed, saying({ reason: '期间填错' }, withdrawn(beds2161)));
    expect(gone).toMatchObject({ standing: 'withdrawn', note: '期间填错', first: { reported: beds2161 } });
    for (const field of ['latest', 'approved', 'approval', 'because']) expect(gone).not.toHaveProperty(field);
    expect(await after(missing('not-due'), reported)).not.toHaveProperty('because');
  });

  it('stays marked as demonstration data once any event was', async () => {
    expect((await after(saying({ demo: true }, reported), passed)).demo).toBe(true);
    expect((await after(reported, passed)).demo).toBe(false);
  });

  it('has a version per event, with known time and stream revision', async () => {
    const late = saying({ knownAt: recordedOn(2) }, corrected(beds2161, beds2107));
    const events = recorded([reported, passed, late], { stream });
    const [versions] = [...(await projected(figureProjection, events)).values()];
    expect(versions?.map(({ position, knownAt, body }) => [position, knownAt, body.standing, body.revision])).toEqual([
      ['1', recordedOn(1), 'reported', 0],
      ['2', recordedOn(2), 'approved', 1],
      ['3', recordedOn(2), 'reported', 2],
    ]);
  });

  it('is built from the events of its own stream only', async () => {
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
