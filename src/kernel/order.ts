/** Orders items by a text of each, by its UTF-16 code units; for `toSorted`, which keeps the order of equal ones. */
export const by =
  <Item>(textOf: (item: Item) => string) =>
  (a: Item, b: Item): number => {
    const [one, other] = [textOf(a), textOf(b)];
    return one < other ? -1 : one > other ? 1 : 0;
  };
