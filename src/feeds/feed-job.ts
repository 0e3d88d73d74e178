import type { Clock } from '../kernel/time.js';
import type { DocumentReading } from '../kernel/views.js';
import { Repeated } from '../operations/repeated.js';
import { planProjection } from '../plans/plan.projection.js';
import { feedProjection } from './feed.projection.js';
import { isDue } from './fetch.decider.js';
import type { FeedRunner } from './feed-runner.js';

interface Ports {
  readonly views: DocumentReading;
  readonly clock: Clock;
  readonly runner: FeedRunner;
}

/** Fetches the feeds of all plans that are due. Several processes may run it: a fetch is begun by one of them. */
export class FeedJob extends Repeated {
  constructor(private readonly ports: Ports) {
    super();
  }

  async run(): Promise<void> {
    const { views, clock, runner } = this.ports;
    const failures: unknown[] = [];
    for (const { body: plan } of await views.list(planProjection, '')) {
      if (plan.closed) continue;
      for (const { body: feed } of await views.list(feedProjection, `${plan.plan}/`)) {
        if (this.isStopped) return;
        if (!isDue(feed, clock.now())) continue;
        // A feed that fails does not stop the others.
        await runner
          .run(feed, { manual: false, stopping: this.stopping.signal })
          .catch((error: unknown) => failures.push(error));
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
