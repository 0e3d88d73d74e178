import { shrink } from './shrink.js';

const numbers = Array.from({ length: 1_000 }, (_, at) => at);
const simpler = (item: number) => (item > 500 ? [item - 1] : []);

it('leaves what the failure needs, in its order', async () => {
  const fails = async (items: readonly number[]) => items.includes(17) && items.indexOf(998) > items.indexOf(17);
  expect(await shrink(numbers, { fails, simpler, patience: 1e6 })).toEqual([17, 998]);
});

it('makes simpler what cannot be left out', async () => {
  const fails = async (items: readonly number[]) => items.some((item) => item >= 700);
  expect(await shrink(numbers, { fails, simpler, patience: 1e6 })).toEqual([700]);
});

it('gives what it has when its patience ends, and that still fails', async () => {
  const fails = async (items: readonly number[]) => items.includes(17);
  const found = await shrink(numbers, { fails, simpler, patience: 2_000 });
  expect(found).toContain(17);
  expect(found.length).toBeLessThan(numbers.length);
});
