import { sha256 } from '../kernel/json.js';

/** Counts changes of how a sample is drawn. A report prints it with the seed. */
export const sampleVersion = 1;

/** What a figure is sampled as: the first that applies. */
export const strata = ['marked', 'corrected', 'other'] as const;
export type Stratum = (typeof strata)[number];

/** How many figures of a stratum are drawn at each unit, at most. */
export type SampleSizes = Readonly<Record<Stratum, number>>;

export const defaultSizes: SampleSizes = { marked: 10, corrected: 5, other: 3 };

export interface SampledFigure {
  readonly code: string;
  readonly unit: string;
  readonly period: string;
  readonly stratum: Stratum;
}

export interface Drawn<Figure extends SampledFigure> {
  readonly unit: string;
  readonly stratum: Stratum;
  /** Number of figures in the stratum. */
  readonly of: number;
  /** In the order in which they were drawn. */
  readonly figures: readonly Figure[];
}

/**
 * SHA-256 (hexadecimal) of the text `{hash of the snapshot}/audit-sample/{version}`. Nobody can choose it: it is known only
 * when the snapshot is taken, and a changed figure changes it.
 */
export const sampleSeed = (contentHash: string): string => sha256(`${contentHash}/audit-sample/${sampleVersion}`);

/** A figure’s rank: SHA-256 (hexadecimal) of `{seed}/{code}/{unit}/{period}`. The lowest ranks are drawn. */
export const rankOf = (seed: string, { code, unit, period }: Omit<SampledFigure, 'stratum'>): string =>
  sha256(`${seed}/${code}/${unit}/${period}`);

/**
 * Draws a sample of each stratum of each unit: the figures of the lowest ranks, so many as the sizes say. The same seed and
 * figures give the same sample, in whatever order they come; whoever has both can draw it again.
 */
export function drawSample<Figure extends SampledFigure>(
  seed: string,
  figures: readonly Figure[],
  sizes: SampleSizes,
): Drawn<Figure>[] {
  const units = [...new Set(figures.map(({ unit }) => unit))].sort();
  return units.flatMap((unit) =>
    strata.flatMap((stratum) => {
      const all = figures.filter((figure) => figure.unit === unit && figure.stratum === stratum);
      const ranked = all
        .map((figure) => ({ figure, rank: rankOf(seed, figure) }))
        .sort((a, b) => (a.rank < b.rank ? -1 : 1))
        .map(({ figure }) => figure);
      return all.length > 0 ? [{ unit, stratum, of: all.length, figures: ranked.slice(0, sizes[stratum]) }] : [];
    }),
  );
}
