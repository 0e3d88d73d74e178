import { evaluationProjection } from '../evaluations/evaluation.projection.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';

/** With which published evaluation the sheets of a year were frozen. */
export interface FrozenYear {
  readonly evaluation: string;
  readonly title: string;
  readonly by: string;
  readonly knownAt: string;
  /** SHA-256 of the stored sheets. */
  readonly contentHash: string;
}

/** How the sheets of a year were frozen last, as of a moment; undefined where they were not. */
export async function frozenYear(
  views: Views,
  plan: string,
  period: string,
  asOf?: AsOf,
): Promise<FrozenYear | undefined> {
  const found = await views.list(evaluationProjection, `${plan}/`, { asOf });
  return found
    .flatMap(({ body: { id, title, appraisal } }) => {
      if (appraisal?.period !== period) return [];
      const { by, knownAt, contentHash } = appraisal;
      return [{ evaluation: id, title, by, knownAt, contentHash }];
    })
    .toSorted((a, b) => (a.knownAt < b.knownAt ? -1 : 1))
    .at(-1);
}
