/**
 * Leaves out all that a failure does not need: halves first, then ever smaller pieces, then whatever `simpler` makes of a
 * single item. `fails` is asked of each attempt; `patience` bounds how many items all attempts together may have.
 */
export async function shrink<T>(
  items: readonly T[],
  {
    fails,
    simpler,
    patience,
  }: {
    fails: (items: readonly T[]) => Promise<boolean>;
    simpler: (item: T) => readonly T[];
    patience: number;
  },
): Promise<readonly T[]> {
  let smallest = items;
  let spent = 0;
  const stillFails = async (attempt: readonly T[]): Promise<boolean> => {
    spent += attempt.length;
    if (spent > patience || !(await fails(attempt))) return false;
    smallest = attempt;
    return true;
  };

  for (let piece = Math.ceil(items.length / 2); piece >= 1; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
    // From the end, where the failure is: what set it up is mostly shortly before.
    for (let end = smallest.length; end > 0; end -= piece) {
      await stillFails([...smallest.slice(0, Math.max(0, end - piece)), ...smallest.slice(end)]);
    }
  }
  for (let at = 0; at < smallest.length; at++) {
    for (const simple of simpler(smallest[at]!)) {
      if (await stillFails(smallest.with(at, simple))) {
        at--;
        break;
      }
    }
  }
  return smallest;
}
