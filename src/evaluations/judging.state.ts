import type { DomainEvent, EventOf, Recorded } from '../kernel/event.js';
import {
  judgingEvents,
  type AdjustmentAdvised,
  type ItemConcluded,
  type LessonRecorded,
  type StatementKind,
  type SurveyRecorded,
  type VerdictGiven,
} from './judging.events.js';
import { spread, type Scale } from './scales.js';

export type JudgingEvent = EventOf<typeof judgingEvents>;

/** A verdict as it stands, with the id of its assessor. */
export type StandingVerdict = (typeof VerdictGiven)['example'] & {
  readonly assessor: string;
  readonly isWithdrawn: boolean;
};

/** What was recorded of one kind besides verdicts, in the order of its numbers. */
interface Stated {
  readonly data: (typeof SurveyRecorded | typeof LessonRecorded | typeof AdjustmentAdvised)['example'];
  readonly isWithdrawn: boolean;
}

export interface JudgingState {
  /** Verdict n is at index n − 1. */
  readonly verdicts: readonly StandingVerdict[];
  /** The present conclusion on each item. */
  readonly conclusions: ReadonlyMap<string, (typeof ItemConcluded)['example']>;
  readonly statements: Readonly<Record<StatementKind, readonly Stated[]>>;
}

export const nothingJudged: JudgingState = {
  verdicts: [],
  conclusions: new Map(),
  statements: { survey: [], lesson: [], adjustment: [] },
};

const kinds: Readonly<Record<string, StatementKind>> = {
  SurveyRecorded: 'survey',
  LessonRecorded: 'lesson',
  AdjustmentAdvised: 'adjustment',
};

export const isJudging = <Event extends DomainEvent>(event: Event): event is Extract<Event, JudgingEvent> =>
  judgingEvents.some(({ name }) => name === event.type);

export function evolveJudging(state: JudgingState, event: Recorded<JudgingEvent>): JudgingState {
  const { verdicts, conclusions, statements } = state;
  switch (event.type) {
    case 'VerdictGiven': {
      const given = { ...event.data, assessor: event.metadata.actor.id, isWithdrawn: false };
      return { ...state, verdicts: [...verdicts, given] };
    }
    case 'VerdictRevised': {
      const { verdict, ...judged } = event.data;
      const { points: _, ...before } = verdicts[verdict - 1]!;
      return { ...state, verdicts: verdicts.with(verdict - 1, { ...before, ...judged }) };
    }
    case 'VerdictWithdrawn': {
      const at = event.data.verdict - 1;
      return { ...state, verdicts: verdicts.with(at, { ...verdicts[at]!, isWithdrawn: true }) };
    }
    case 'ItemConcluded':
      return { ...state, conclusions: new Map([...conclusions, [event.data.item, event.data]]) };
    case 'SurveyRecorded':
    case 'LessonRecorded':
    case 'AdjustmentAdvised': {
      const kind = kinds[event.type]!;
      const list = [...statements[kind], { data: event.data, isWithdrawn: false }];
      return { ...state, statements: { ...statements, [kind]: list } };
    }
    case 'StatementWithdrawn': {
      const { kind, number } = event.data;
      const list = statements[kind].with(number - 1, { ...statements[kind][number - 1]!, isWithdrawn: true });
      return { ...state, statements: { ...statements, [kind]: list } };
    }
  }
}

interface Judged {
  readonly scale: string;
  readonly step: string;
}

/**
 * The disagreement of an item: how many steps the highest and the lowest of its verdicts are apart. Verdicts on different
 * scales are not compared; the largest distance on one scale counts.
 */
export const disagreementOf = (verdicts: readonly Judged[], scales: readonly Scale[]): number =>
  Math.max(
    0,
    ...scales.map((scale) =>
      spread(
        scale,
        verdicts.filter((verdict) => verdict.scale === scale.code).map(({ step }) => step),
      ),
    ),
  );

/** From here on a disagreement has to be discussed. */
export const toDiscuss = 2;

/**
 * The items whose disagreement has to be discussed and that have no conclusion, with its size.
 * @param verdicts those that were not withdrawn
 */
export const contested = (
  verdicts: readonly (Judged & { readonly item: string })[],
  concluded: ReadonlySet<string>,
  scales: readonly Scale[],
): { readonly item: string; readonly disagreement: number }[] =>
  [...new Set(verdicts.map(({ item }) => item))]
    .filter((item) => !concluded.has(item))
    .map((item) => ({
      item,
      disagreement: disagreementOf(
        verdicts.filter((each) => each.item === item),
        scales,
      ),
    }))
    .filter(({ disagreement }) => disagreement >= toDiscuss);
