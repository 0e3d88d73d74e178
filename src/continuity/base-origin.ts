import { evaluationProjection } from '../evaluations/evaluation.projection.js';
import { figureProjection, inUse } from '../figures/figure.projection.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { DocumentReading } from '../kernel/views.js';
import type { LongSeries } from '../overview/long-series.js';

/** The snapshot of an earlier plan's evaluation from which a base was taken. */
export interface BaseOrigin {
  /** The plan of the base. */
  readonly plan: string;
  readonly from: {
    readonly plan: string;
    readonly evaluation: string;
    readonly title: string;
    readonly snapshot: number;
  };
  readonly contentHash: string;
  /** Whether that evaluation was superseded since, and by which one. */
  readonly supersededBy?: string;
}

/** A long series with where its bases come from; a base of which the evidence is no snapshot has no origin. */
export interface LongSeriesWithOrigins extends LongSeries {
  readonly origins: readonly BaseOrigin[];
}

/**
 * Finds the snapshots that are the evidence of the bases, by their hashes; of a base without a report of its own, the
 * evidence of the units from which it is computed.
 */
export async function withOrigins(
  views: DocumentReading,
  series: LongSeries,
  asOf?: AsOf,
): Promise<LongSeriesWithOrigins> {
  const origins = await Promise.all(
    series.parts.slice(1).map(async ({ plan, code, points }, at): Promise<BaseOrigin[]> => {
      const base = points.find(({ isBase }) => isBase);
      if (!base) return [];
      const figures = await views.list(figureProjection, `${plan}/${code}/${base.period}/`, { asOf });
      const own = figures.filter(({ body }) => body.unit === series.unit);
      const used = (own.length > 0 ? own : figures).flatMap(({ body }) => inUse(body)?.evidence ?? []);
      const hashes = new Set(used.map(({ sha256 }) => sha256));
      if (hashes.size === 0) return [];
      const evaluations = await views.list(evaluationProjection, `${series.parts[at]!.plan}/`, { asOf });
      return evaluations.flatMap(({ body: { plan: from, id, title, snapshots, supersededBy } }) =>
        snapshots
          .filter(({ contentHash }) => hashes.has(contentHash))
          .map(({ number, contentHash }) => ({
            ...{ plan, from: { plan: from, evaluation: id, title, snapshot: number }, contentHash },
            ...(supersededBy !== undefined && { supersededBy }),
          })),
      );
    }),
  );
  return { ...series, origins: origins.flat() };
}
