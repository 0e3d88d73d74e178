/**
 * Reduces a failing list to what the failure needs: removes halves, then ever smaller pieces, then replaces single
 * items with their simpler variants. `fails` decides whether an attempt still fails. `budget` limits the total number
 * of items of all attempts.
 */
export async function shrink<T>(
  items: readonly T[],
  {
    fails,
    simpler,
    budget,
  }: {
    fails: (items: readonly T[]) => Promise<boolean>;
    simpler: (item: T) => readonly T[];
    budget: number;
  },
): Promise<readonly T[]> {
  let smallest = items;
  let spent = 0;
  const stillFails = async (attempt: readonly T[]): Promise<boolean> => {
    spent += attempt.length;
    if (spent > budget || !(await fails(attempt))) return false;
    smallest = attempt;
    return true;
  };

  for (let piece = Math.ceil(items.length / 2); piece >= 1; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
    // From the end: the failure occurs at the last item, and its cause is usually shortly before.
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
