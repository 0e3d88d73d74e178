import { promiseRecorded } from '../../test/support/examples/promises.js';
import { interleaved, recorded, saying } from '../../test/support/recorded.js';
import { documentOf, projected } from '../../test/support/replay.js';
import { promiseStream } from './promise.events.js';
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
