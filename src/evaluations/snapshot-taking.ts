import { invalid } from '../kernel/errors.js';
import { timeNow } from '../kernel/event-log.js';
import { untilReached } from '../kernel/projector.js';
import { parseKnownTime } from '../kernel/time.js';
import type { DecisionPorts } from '../slice/slice.js';
import type { TakeSnapshot } from './evaluation.commands.js';
import type { EvaluationState, SnapshotFacts } from './evaluation.decider.js';
import { freeze, store } from './snapshot.js';

/** Composes and stores the content of a snapshot before the decider records it. */
export async function takeFacts(
  { plan, asOf: text }: TakeSnapshot,
  { kind, title, period }: NonNullable<EvaluationState['opened']>,
  timeZone: string,
  { log, views, files, projector, clock }: DecisionPorts,
): Promise<SnapshotFacts> {
  const now = await timeNow(log, clock);
  const asOf = text === undefined ? now : parseKnownTime(text, timeZone);
  if (asOf > now) throw invalid('snapshot.future', '快照的截至时间不能在未来：今日请不填', 'asOf');
  const last = (await log.lastEvent())!;
  const { position } = last;
  await untilReached(projector, position, 10_000);
  return store(files, await freeze(views, { plan, kind, title, period, asOf, position }), last);
}
