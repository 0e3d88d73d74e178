import { promiseRecorded } from '../../test/support/examples/promises.js';
import { interleaved, recorded, saying } from '../../test/support/recorded.js';
import { documentOf, projected } from '../../test/support/replay.js';
import { promiseStream } from './promise.events.js';
import { promiseProjection } from './promise.projection.js';

const said = promiseRecorded();
const of = (id: string, event = said) => recorded([event], { stream: promiseStream('lishui', id) });

it('the document of a promise is what was recorded, and whether it is invented', async () => {
  const document = { ...said.data, plan: 'lishui', id: 'T01', demo: false };
  expect(await documentOf(promiseProjection, of('T01'))).toEqual(document);
  expect(await documentOf(promiseProjection, of('T01', saying({ demo: true }, said)))).toEqual({
    ...document,
    demo: true,
  });
});

it('promises stand side by side', async () => {
  const documents = await projected(promiseProjection, interleaved(of('T01'), of('T02')));
  expect([...documents.keys()].sort()).toEqual(['lishui/T01', 'lishui/T02']);
});
