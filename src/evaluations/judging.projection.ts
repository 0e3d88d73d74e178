import type { Evidence, Recorded } from '../kernel/event.js';
import type {
  AdjustmentAdvised,
  ItemConcluded,
  LessonRecorded,
  SurveyRecorded,
  VerdictGiven,
} from './judging.events.js';
import type { JudgingEvent } from './judging.state.js';

export type Stamped<Data> = Data & { readonly by: string; readonly knownAt: string };

type Given = (typeof VerdictGiven)['example'];
type Judged = Pick<Given, 'scale' | 'step' | 'points' | 'ground'>;

/** A verdict or a conclusion as it was stated once, with its documents, and why it was changed to this. */
export type JudgedEntry = Stamped<Judged> & {
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
};

/** A withdrawal: by whom, since when, and why. */
export type Withdrawal = Stamped<{ readonly reason?: string }>;

/** A verdict as it stands; `earlier` are its earlier statements, the first one first. */
export type VerdictEntry = JudgedEntry &
  Pick<Given, 'number' | 'item' | 'standing'> & {
    /** The id of the person. */
    readonly assessor: string;
    readonly unit?: string;
    readonly earlier: readonly JudgedEntry[];
    readonly withdrawn?: Withdrawal;
  };

/** The conclusion on an item; `earlier` are those that it replaced. */
export type ConclusionEntry = JudgedEntry &
  Pick<(typeof ItemConcluded)['example'], 'item'> & { readonly earlier: readonly JudgedEntry[] };

export type StatementEntry<Data> = Stamped<Data> & {
  /** 示例数据 */
  readonly demo?: true;
  readonly evidence?: readonly Evidence[];
  readonly withdrawn?: Withdrawal;
};

/** What people judged, surveyed and learnt in an evaluation. */
export interface JudgingEntries {
  readonly verdicts: readonly VerdictEntry[];
  readonly conclusions: readonly ConclusionEntry[];
  readonly surveys: readonly StatementEntry<(typeof SurveyRecorded)['example']>[];
  readonly lessons: readonly StatementEntry<(typeof LessonRecorded)['example']>[];
  readonly adjustments: readonly StatementEntry<(typeof AdjustmentAdvised)['example']>[];
}

export const nothingEntered: JudgingEntries = {
  verdicts: [],
  conclusions: [],
  surveys: [],
  lessons: [],
  adjustments: [],
};

const lists = { survey: 'surveys', lesson: 'lessons', adjustment: 'adjustments' } as const;

/** The entries after an event. */
export function foldJudging(before: JudgingEntries, event: Recorded<JudgingEvent>): Partial<JudgingEntries> {
  const { actor, reason, evidence, demo } = event.metadata;
  const stamp = { by: actor.name, knownAt: event.knownAt };
  const said = { ...stamp, ...(reason !== undefined && { reason }), ...(evidence && { evidence }) };
  const stated = { ...stamp, ...(evidence && { evidence }), ...(demo && { demo }) };
  switch (event.type) {
    case 'VerdictGiven': {
      const unit = actor.unit !== undefined && { unit: actor.unit };
      const entry = { ...event.data, ...said, assessor: actor.id, ...unit, earlier: [] };
      return { verdicts: [...before.verdicts, entry] };
    }
    case 'VerdictRevised': {
      const { verdict, ...judged } = event.data;
      const was = before.verdicts[verdict - 1]!;
      const { number, item, standing, assessor, unit, earlier } = was;
      const entry: VerdictEntry = {
        ...{ number, item, standing, assessor, ...(unit !== undefined && { unit }) },
        ...{ ...judged, ...said, earlier: [...earlier, statedIn(was)] },
      };
      return { verdicts: before.verdicts.with(verdict - 1, entry) };
    }
    case 'VerdictWithdrawn': {
      const at = event.data.verdict - 1;
      return { verdicts: before.verdicts.with(at, { ...before.verdicts[at]!, withdrawn: withdrawalOf(said) }) };
    }
    case 'ItemConcluded': {
      const { item } = event.data;
      const was = before.conclusions.find((each) => each.item === item);
      const entry = { ...event.data, ...said, earlier: was ? [...was.earlier, statedIn(was)] : [] };
      return { conclusions: [...before.conclusions.filter((each) => each !== was), entry] };
    }
    case 'SurveyRecorded':
      return { surveys: [...before.surveys, { ...event.data, ...stated }] };
    case 'LessonRecorded':
      return { lessons: [...before.lessons, { ...event.data, ...stated }] };
    case 'AdjustmentAdvised':
      return { adjustments: [...before.adjustments, { ...event.data, ...stated }] };
    case 'StatementWithdrawn': {
      const list = lists[event.data.kind];
      const withdrawn = withdrawalOf(said);
      return {
        [list]: before[list].map((each) => (each.number === event.data.number ? { ...each, withdrawn } : each)),
      };
    }
  }
}

/** What of an entry was said then. */
function statedIn({ scale, step, points, ground, by, knownAt, reason, evidence }: JudgedEntry): JudgedEntry {
  return {
    ...{ scale, step, ground, by, knownAt },
    ...(points !== undefined && { points }),
    ...(reason !== undefined && { reason }),
    ...(evidence && { evidence }),
  };
}

const withdrawalOf = ({ by, knownAt, reason }: Withdrawal): Withdrawal => ({
  by,
  knownAt,
  ...(reason !== undefined && { reason }),
});
