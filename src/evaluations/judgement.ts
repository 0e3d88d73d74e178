import { Decimal, shownWith } from '../assessment/decimals.js';
import type { EvaluationDocument } from './evaluation.projection.js';
import type { JudgedThing } from './judged-things.js';
import { scalesOf } from './judging.decider.js';
import type { ConclusionEntry, JudgedEntry, JudgingEntries, VerdictEntry } from './judging.projection.js';
import { disagreementOf, toDiscuss } from './judging.state.js';
import { marginOf } from './satisfaction.js';
import type { Scale, ScaleStep } from './scales.js';

/** A step as it is shown: its word, with the points on a scale of points, and its colour. */
export interface ShownStep {
  readonly word: string;
  readonly colour: ScaleStep['colour'];
}

/** An item that somebody judged: the verdicts side by side, how far they are apart, and the conclusion. */
export interface JudgedItem extends JudgedThing {
  readonly verdicts: readonly (VerdictEntry & { readonly shown: ShownStep })[];
  /** Steps between the highest and the lowest verdict that were not withdrawn, on one scale. */
  readonly disagreement: number;
  /** It has to be discussed, and has no conclusion yet. */
  readonly toDiscuss: boolean;
  readonly conclusion?: ConclusionEntry & { readonly shown: ShownStep };
}

/** A survey with its margin of error in percentage points, for an interval of 95 %. */
export type ShownSurvey = JudgingEntries['surveys'][number] & { readonly margin: string };

/** What people judged in an evaluation, beside what the engine computed for its snapshot. */
export interface Judgement {
  readonly plan: string;
  readonly id: string;
  /** The snapshot from which the computed status is; absent before there is one. */
  readonly snapshot?: number;
  readonly scales: readonly Scale[];
  /** All that can be judged. */
  readonly things: readonly JudgedThing[];
  /** What was judged, in that order. */
  readonly items: readonly JudgedItem[];
  readonly surveys: readonly ShownSurvey[];
  /** Whether what was computed rests on demonstration data. */
  readonly demo: boolean;
}

export function judgementOf(
  evaluation: EvaluationDocument,
  things: readonly JudgedThing[],
  snapshot: number | undefined,
): Omit<Judgement, 'demo'> {
  const { plan, id, verdicts, conclusions, surveys } = evaluation;
  const scales = scalesOf(evaluation);
  const judged = new Set([...verdicts, ...conclusions].map(({ item }) => item));
  const known = things.filter(({ item }) => judged.has(item));
  // What was judged and is no more in the snapshot keeps its place at the end.
  const gone = [...judged].filter((item) => !known.some((thing) => thing.item === item));
  return {
    ...{ plan, id, ...(snapshot !== undefined && { snapshot }), scales, things },
    items: [...known, ...gone.map((item) => ({ item, name: item }))].map((thing): JudgedItem => {
      const own = verdicts.filter(({ item }) => item === thing.item);
      const counting = own.filter(({ withdrawn }) => !withdrawn);
      const conclusion = conclusions.find(({ item }) => item === thing.item);
      const disagreement = disagreementOf(counting, scales);
      return {
        ...thing,
        verdicts: own.map((verdict) => ({ ...verdict, shown: shownStep(verdict, scales) })),
        disagreement,
        toDiscuss: disagreement >= toDiscuss && !conclusion,
        ...(conclusion && { conclusion: { ...conclusion, shown: shownStep(conclusion, scales) } }),
      };
    }),
    surveys: surveys.map((survey) => ({ ...survey, margin: shownWith(1, new Decimal(marginOf(survey))) })),
  };
}

function shownStep({ scale: code, step: stepCode, points }: JudgedEntry, scales: readonly Scale[]): ShownStep {
  const { word, colour } = scales.find((each) => each.code === code)!.steps.find((each) => each.code === stepCode)!;
  return { word: points === undefined ? word : `${word}（${points} 分）`, colour };
}
