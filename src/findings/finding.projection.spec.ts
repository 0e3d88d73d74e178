import {
  findingAmended,
  findingAnswered,
  findingClosed,
  findingRaised,
  findingWithdrawn,
} from '../../test/support/examples/findings.js';
import { interleaved, recorded, recordedOn, saying, someone, type Said } from '../../test/support/recorded.js';
import { documentOf, projected } from '../../test/support/replay.js';
import { findingStream, type FindingEvent } from './finding.events.js';
import { findingProjection, type FindingDocument } from './finding.projection.js';

const stream = findingStream('lishui', 'I03');
const after = (...events: readonly Said<FindingEvent>[]): Promise<FindingDocument> =>
  documentOf(findingProjection, recorded(events, { stream }));

const raised = findingRaised();

describe('the document of a finding', () => {
  it('holds the raised data, the reporter and the known time', async () => {
    expect(await after(raised)).toMatchObject({
      ...{ ...raised.data, plan: 'lishui', id: 'I03', answers: [], demo: false },
      raised: { by: someone.name, knownAt: recordedOn(1) },
    });
    expect(await after(raised)).not.toHaveProperty('closed');
  });

  it('lists answers and holds the closing', async () => {
    const second = findingAnswered('2022-06-01', '已请示');
    expect(await after(raised, findingAnswered(), second, findingClosed())).toMatchObject({
      answers: [
        { on: '2022-03-15', text: '两处口径不同', knownAt: recordedOn(2) },
        { on: '2022-06-01', text: '已请示', by: someone.name },
      ],
      closed: { on: '2023-07-20', text: '已按同一口径重述', knownAt: recordedOn(4) },
    });
  });

  it('takes the amended content whole and keeps answers and closing', async () => {
    const before = await after(raised, findingAnswered(), findingClosed());
    const amended = findingAmended({ severity: 'low', lines: [48] });
    const withDetail = findingRaised({ detail: '两处不同' });
    expect(await after(withDetail, findingAnswered(), findingClosed(), amended)).toEqual({
      ...before,
      ...amended.data,
    });
    expect(await after(withDetail, amended)).not.toHaveProperty('closed');
  });

  it('holds who withdrew it and why', async () => {
    const withdrawn = saying({ reason: '读错原文' }, findingWithdrawn);
    expect(await after(raised, findingAnswered(), withdrawn)).toMatchObject({
      answers: [{ on: '2022-03-15' }],
      withdrawn: { by: someone.name, reason: '读错原文', knownAt: recordedOn(3) },
    });
    expect(await after(raised)).not.toHaveProperty('withdrawn');
  });

  it('stays marked as demonstration data once any event was', async () => {
    expect((await after(raised, saying({ demo: true }, findingAnswered()), findingClosed())).demo).toBe(true);
    expect((await after(raised, findingAnswered())).demo).toBe(false);
  });
});

it('each finding has its own document; an answer before the raising stops the projection', async () => {
  const log = interleaved(
    recorded([raised, findingAnswered()], { stream }),
    recorded([raised], { stream: findingStream('lishui', 'I04') }),
  );
  expect([...(await projected(findingProjection, log)).keys()].sort()).toEqual(['lishui/I03', 'lishui/I04']);
  await expect(after(findingAnswered())).rejects.toThrow('FindingAnswered before the finding was raised');
});
