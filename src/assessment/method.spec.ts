import { currentMethod, methodNumbered } from './method.js';

it('a method is found by its number; the last one is current', () => {
  expect([1, 2].map((number) => methodNumbered(number).number)).toEqual([1, 2]);
  expect(methodNumbered(currentMethod.number)).toBe(currentMethod);
  expect(() => methodNumbered(currentMethod.number + 1)).toThrow(
    expect.objectContaining({ kind: 'refused', code: 'snapshot.unknown-method' }),
  );
});
