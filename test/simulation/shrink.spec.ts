import { shrink } from './shrink.js';

const numbers = Array.from({ length: 1_000 }, (_, at) => at);
const simpler = (item: number) => (item > 500 ? [item - 1] : []);

it('keeps only the items that the failure needs, in order', async () => {
  const fails = async (items: readonly number[]) => items.includes(17) && items.indexOf(998) > items.indexOf(17);
  expect(await shrink(numbers, { fails, simpler, budget: 1e6 })).toEqual([17, 998]);
});

it('simplifies items that cannot be removed', async () => {
  const fails = async (items: readonly number[]) => items.some((item) => item >= 700);
  expect(await shrink(numbers, { fails, simpler, budget: 1e6 })).toEqual([700]);
});

it('returns a list that still fails when the budget is used up', async () => {
  const fails = async (items: readonly number[]) => items.includes(17);
  const found = await shrink(numbers, { fails, simpler, budget: 2_000 });
  expect(found).toContain(17);
  expect(found.length).toBeLessThan(numbers.length);
});
