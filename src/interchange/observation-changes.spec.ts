import fc from 'fast-check';
import { by } from '../kernel/order.js';
import { changesBetween } from './observation-changes.js';
import { keyOf, measures, type Observation } from './observation.js';

const observation: fc.Arbitrary<Observation> = fc.record({
  indicator: fc.constantFrom('01', '02'),
  area: fc.constantFrom('331100', '331102'),
  period: fc.constantFrom('2021', '2022'),
  measure: fc.constantFrom(...measures),
  breakdown: fc.constantFrom('_T', 'sex.f'),
  value: fc.constantFrom('1', '1.0', '-0.50'),
  status: fc.constantFrom('A', 'P'),
  unitOfMeasure: fc.constant('个'),
  decimals: fc.constant(2),
  definitionVersion: fc.constantFrom(1, 2),
  demo: fc.boolean(),
});
const observations = fc
  .uniqueArray(observation, { selector: keyOf, maxLength: 40 })
  .map((all) => all.toSorted(by(keyOf)));

it('changes that are carried out on what was before give what is after, and nothing else changes', () => {
  fc.assert(
    fc.property(observations, observations, (before, after) => {
      const changes = changesBetween(before, after);
      const standing = new Map(before.map((each) => [keyOf(each), each]));
      for (const { action, observation: each } of changes) {
        if (action === 'D') expect(standing.delete(keyOf(each))).toBe(true);
        else standing.set(keyOf(each), each);
      }
      expect([...standing.values()].toSorted(by(keyOf))).toEqual(after);
      expect(new Set(changes.map(({ observation: each }) => keyOf(each))).size).toBe(changes.length);
      expect(changesBetween(after, after)).toEqual([]);
    }),
  );
});
