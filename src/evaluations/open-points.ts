import type { OpenOfAppraisal } from '../slice/appraisals.js';
import type { OpenLine } from '../slice/readiness.js';
import { contested } from './judging.state.js';
import type { Scale } from './scales.js';

/** Something that is open when an evaluation is published. It is accepted by its id. */
export interface OpenPoint {
  readonly id: string;
  /** Chinese, for display. */
  readonly text: string;
}

/** What was judged, what was not ready as of the snapshot, and what is open of the 考核 sheets of the year. */
interface BeforePublishing {
  /** Those that were not withdrawn. */
  readonly verdicts: Parameters<typeof contested>[0];
  readonly concluded: ReadonlySet<string>;
  readonly scales: readonly Scale[];
  readonly notReady: readonly OpenLine[];
  readonly ofAppraisal: readonly OpenOfAppraisal[];
}

/** Items that have to be discussed and have no conclusion, what was not ready, and what is open of the sheets. */
export const openPoints = ({ verdicts, concluded, scales, notReady, ofAppraisal }: BeforePublishing): OpenPoint[] => [
  ...contested(verdicts, concluded, scales).map(({ item, disagreement }) => ({
    id: `disagreement:${item}`,
    text: `${item} 的判断相差 ${disagreement} 档，尚无结论`,
  })),
  ...notReady.map(({ line, text }) => ({ id: `readiness:${line}`, text: `存档时${text}` })),
  ...ofAppraisal,
];
