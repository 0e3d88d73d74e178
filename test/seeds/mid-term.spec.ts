import { currentMethod, methodNumbered } from '../../src/assessment/method.js';
import { freeze } from '../../src/evaluations/snapshot.js';
import { canonicalJson, sha256 } from '../../src/kernel/json.js';
import { parseKnownTime } from '../../src/kernel/time.js';
import type { Engine } from '../../src/engine.js';
import { lishuiEngine } from '../support/engine.js';
import { lishui } from '../support/seeds.js';

let engine: Engine;
beforeAll(async () => {
  engine = await lishuiEngine();
});
afterAll(() => engine.close());

it.each([
  [1, '6c4f4f4303917778e79924c09f462ebc4ddbaa1bb8c9af491e681ce010517c2e'],
  [2, '645125c8b3dd5169c96490e69f5b003f56d640454fecff7dda3fe136be55acd3'],
  // This plan has rules of its own, and no number with more than 20 digits.
  [3, '645125c8b3dd5169c96490e69f5b003f56d640454fecff7dda3fe136be55acd3'],
])('the mid-term snapshot of the plan of Lishui by method %d has one hash', async (number, hash) => {
  const content = await freeze(
    engine.views,
    {
      ...{ plan: lishui, kind: 'midterm', title: '中期评估（2022）', period: '2022' },
      ...{ asOf: parseKnownTime('2023-06-30', 'Asia/Shanghai'), position: (await engine.log.head())! },
    },
    methodNumbered(number),
  );
  expect(sha256(canonicalJson(content))).toBe(hash);
});

it('the method in use is among those tested', () => {
  expect(currentMethod.number).toBe(3);
});
