import { promiseAmended, promiseRecorded, promiseWithdrawn } from '../../test/support/examples/promises.js';
import { interleaved, recorded, recordedOn, saying, someone, type Said } from '../../test/support/recorded.js';
import { documentOf, projected } from '../../test/support/replay.js';
import { promiseStream, type PromiseEvent } from './promise.events.js';
import { promiseProjection } from './promise.projection.js';

const promise = promiseRecorded();
const of = (id: string, event = promise) => recorded([event], { stream: promiseStream('lishui', id) });

it('the document of a promise holds the recorded data and the demonstration flag', async () => {
  const document = { ...promise.data, plan: 'lishui', id: 'T01', demo: false };
  expect(await documentOf(promiseProjection, of('T01'))).toEqual(document);
  expect(await documentOf(promiseProjection, of('T01', saying({ demo: true }, promise)))).toEqual({
    ...document,
    demo: true,
  });
});

it('each promise has its own document', async () => {
  const documents = await projected(promiseProjection, interleaved(of('T01'), of('T02')));
  expect([...documents.keys()].sort()).toEqual(['lishui/T01', 'lishui/T02']);
});

describe('after the recording', () => {
  const after = (...events: readonly Said<PromiseEvent>[]) =>
    documentOf(promiseProjection, recorded(events, { stream: promiseStream('lishui', 'T01') }));

  it('an amendment replaces the whole content', async () => {
    const { section: _, ...data } = promiseAmended({ value: '120' }).data;
    expect(await after(promiseRecorded({ section: '养老' }), { type: 'PromiseAmended', data })).toEqual({
      ...{ ...data, plan: 'lishui', id: 'T01', demo: false },
    });
    expect((await after(saying({ demo: true }, promise), promiseAmended({ value: '120' }))).demo).toBe(true);
  });

  it('a withdrawal keeps the content and says who withdrew it and why', async () => {
    expect(await after(promise, saying({ reason: '并入 T02' }, promiseWithdrawn))).toMatchObject({
      ...promise.data,
      withdrawn: { by: someone.name, reason: '并入 T02', knownAt: recordedOn(2) },
    });
    expect(await after(promise)).not.toHaveProperty('withdrawn');
  });

  it('a withdrawal before the recording stops the projection', async () => {
    await expect(after(promiseWithdrawn)).rejects.toThrow('PromiseWithdrawn before the promise was recorded');
  });
});
