import type { Clock } from '../kernel/time.js';
import type { Views } from '../kernel/views.js';
import type { OpenLine, Readiness } from '../slice/readiness.js';
import { readReadiness, type ReadinessQuestion } from './read-readiness.js';
import { openLines } from './readiness.js';

/** Counts what is not ready over all units, whoever asks. */
export class PlanReadiness implements Readiness {
  constructor(
    private readonly views: Views,
    private readonly clock: Clock,
  ) {}

  async open(of: Pick<ReadinessQuestion, 'plan' | 'period' | 'asOf'>): Promise<readonly OpenLine[]> {
    const { readiness } = await readReadiness(this.views, { ...of, now: this.clock.now() });
    return openLines(readiness);
  }
}
