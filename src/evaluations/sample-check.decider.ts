import { isDeepStrictEqual } from 'node:util';
import type { DecisionContext } from '../kernel/decider.js';
import { invalid, notFound, refused } from '../kernel/errors.js';
import { plain } from '../kernel/json.js';
import type { CheckSampledFigure } from './sample-check.commands.js';
import { SampledFigureChecked, type SampleCheck } from './sample-check.events.js';

/** The last check of each figure of a snapshot, by `checkKey`. */
export type SampleChecks = ReadonlyMap<string, SampleCheck>;

export interface SampleCheckKnown {
  /** Of a figure that had a value in use at the cut-off of the snapshot: who entered it. */
  readonly enteredBy?: string;
}

type CheckedFigure = Pick<SampleCheck, 'code' | 'unit' | 'period'>;
export const checkKey = (snapshot: number, { code, unit, period }: CheckedFigure): string =>
  `${snapshot}/${code}/${unit}/${period}`;

/** @param snapshots how many the evaluation has */
export function checkFigure(
  { id, snapshot, code, unit, period, outcome, found }: CheckSampledFigure,
  { checks, snapshots }: { readonly checks: SampleChecks; readonly snapshots: number },
  { known, actor, reason, evidence }: DecisionContext<SampleCheckKnown>,
): ReturnType<(typeof SampledFigureChecked)['of']>[] {
  if (snapshot > snapshots) throw notFound('evaluation.unknown-snapshot', `没有第 ${snapshot} 份快照`, 'snapshot');
  if (known.enteredBy === undefined) {
    const message = `快照 ${id}/${snapshot} 所依据的数据中没有 ${code}/${unit}/${period}：请按抽查样本填写`;
    throw notFound('sample.unknown-figure', message, 'code');
  }
  if (known.enteredBy === actor.id) {
    throw refused('sample.own-figure', '该数据由您填报或更正：须由他人核对');
  }
  if ((outcome === 'corrected') !== (found !== undefined)) {
    throw invalid('sample.found', '结果为“须更正”的须填原始资料的数值，其余结果不填', 'found');
  }
  const event = SampledFigureChecked.of(plain({ snapshot, code, unit, period, outcome, found }));
  if (isDeepStrictEqual(checks.get(checkKey(snapshot, event.data)), event.data)) return [];
  if (!reason) throw invalid('reason.missing', '核对抽查数据须写明事由：核对了什么，如何得出结果', 'reason');
  if (evidence.length === 0) {
    throw invalid('sample.evidence', '核对抽查数据须写明依据（evidence）：所核对的原始资料', 'evidence');
  }
  return [event];
}
