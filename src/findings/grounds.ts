import { figureDecider } from '../figures/figure.decider.js';
import { figureStream } from '../figures/figure.events.js';
import type { LoadState } from '../kernel/handling.js';
import { findPeriod } from '../kernel/period.js';
import { knownPlan } from '../plans/known-plan.js';
import type { Publications } from '../slice/publications.js';
import type { FindingSubject } from './finding.events.js';
import { subjectExists } from './subject-exists.js';

const code = '[A-Za-z0-9][A-Za-z0-9_-]{0,39}';

/**
 * How a ground of a finding is written: `figure/05/331102/2022` (indicator, unit, period), `project/P01`, and
 * `snapshot/midterm-2022/1/05/331102` (evaluation, number of the snapshot, indicator, unit) for a cell of a snapshot.
 */
export const groundForm = new RegExp(
  `^(figure/${code}/${code}/[0-9A-Z-]{4,10}|(project|policy|promise|task)/${code}|snapshot/${code}/[1-9][0-9]{0,3}/${code}/${code})$`,
);

/** Whether the plan has what a ground names, which has `groundForm`. */
export async function groundExists(
  plan: string,
  ground: string,
  load: LoadState,
  publications: Pick<Publications, 'snapshots'>,
): Promise<boolean> {
  const [kind, ...parts] = ground.split('/') as [string, ...string[]];
  if (kind === 'figure') {
    const [indicator = '', unit = '', period = ''] = parts;
    if (!findPeriod(period)) return false;
    const { standing } = await load(figureDecider, figureStream({ plan, code: indicator, unit, period }));
    return standing !== 'none';
  }
  if (kind !== 'snapshot') return subjectExists(kind as FindingSubject, plan, parts[0]!, load);
  const [evaluation = '', number, indicator = '', unit = ''] = parts;
  return (
    Number(number) <= (await publications.snapshots(plan, evaluation, load)) &&
    (await knownPlan({ plan }, load)).units.has(unit) &&
    subjectExists('indicator', plan, indicator, load)
  );
}
