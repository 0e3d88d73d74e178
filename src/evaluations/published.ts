import type { LoadState } from '../kernel/handling.js';
import type { AsOf } from '../kernel/versioned-store.js';
import type { Views } from '../kernel/views.js';
import type { Publication, Publications } from '../slice/publications.js';
import { evaluationDecider } from './evaluation.decider.js';
import { evaluationStream } from './evaluation.events.js';
import { evaluationProjection } from './evaluation.projection.js';

/**
 * The published evaluations of a plan. Which evaluations there are is read from the views, also for a decision: a
 * snapshot is taken only when the views have its evaluation, and without a snapshot nothing is published. Whether one is
 * published is read from its stream.
 */
export class PublishedEvaluations implements Publications {
  constructor(private readonly views: Views) {}

  async now(plan: string, load: LoadState): Promise<readonly Publication[]> {
    const known = await this.views.list(evaluationProjection, `${plan}/`);
    const states = await Promise.all(
      known.map(async ({ body: { id } }) => ({ id, ...(await load(evaluationDecider, evaluationStream(plan, id))) })),
    );
    return states.flatMap(({ id, opened, publishedAt, appraisal }) => {
      if (!opened || publishedAt === undefined) return [];
      const { title, period } = opened;
      return [{ evaluation: id, title, period, knownAt: publishedAt, ...(appraisal && { appraisal }) }];
    });
  }

  async asOf(plan: string, asOf?: AsOf): Promise<readonly Publication[]> {
    const known = await this.views.list(evaluationProjection, `${plan}/`, { asOf });
    return known.flatMap(({ body: { id, title, period, publishedAt, appraisal } }) =>
      publishedAt === undefined
        ? []
        : [{ evaluation: id, title, period, knownAt: publishedAt, ...(appraisal && { appraisal }) }],
    );
  }

  async snapshots(plan: string, evaluation: string, load: LoadState): Promise<number> {
    return (await load(evaluationDecider, evaluationStream(plan, evaluation))).snapshots.length;
  }
}
