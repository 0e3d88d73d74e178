import { daysBetween } from '../../kernel/time.js';
import type { FindingDocument, FindingStep } from '../../findings/finding.projection.js';
import { given } from './projects.js';

/** A finding with its answers, its 整改 and its closing, as of a moment. */
export interface FindingNow {
  readonly id: string;
  readonly severity: FindingDocument['severity'];
  readonly subjectType: FindingDocument['subjectType'];
  readonly subject?: string;
  readonly title: string;
  readonly detail?: string;
  readonly lines: readonly number[];
  /** What it rests on, see `groundForm`. */
  readonly grounds?: readonly string[];
  readonly standing: 'open' | 'answered' | Exclude<FindingStep['what'], 'due-moved'> | 'closed' | 'withdrawn';
  readonly raisedBy: string;
  /** Known time of the raising; only of a finding that was assigned. */
  readonly raisedAt?: string;
  readonly answers: readonly Said[];
  /** The unit that is to rectify it. */
  readonly owner?: string;
  readonly dueOn?: string;
  /** The days since the due day, where the owner has not handed in what is owed. */
  readonly overdueDays?: number;
  /** The steps of its 整改; absent if it was never assigned. */
  readonly steps?: readonly FindingStep[];
  readonly closed?: Said;
  /** Reason of a withdrawal. */
  readonly because?: string;
  readonly demo: boolean;
}

interface Said {
  readonly on: string;
  readonly text: string;
  readonly by: string;
}

const severityOrder = { high: 0, medium: 1, low: 2 } as const;

/**
 * Ordered by severity, highest first.
 * @param day the day of the moment, as of which a 整改 is overdue
 */
export function findingsNow(documents: readonly FindingDocument[], day: string): FindingNow[] {
  return documents
    .map((document) => findingNow(document, day))
    .toSorted((a, b) => severityOrder[a.severity] - severityOrder[b.severity]);
}

function findingNow(document: FindingDocument, day: string): FindingNow {
  const { id, severity, subjectType, subject, title, detail, lines, grounds, raised, answers, closed, demo } = document;
  const { owner, dueOn, steps, withdrawn } = document;
  const said = ({ on, text, by }: Said): Said => ({ on, text, by });
  const standing = standingOf(document);
  return {
    ...{ id, severity, subjectType, title, lines, raisedBy: raised.by },
    ...given({ subject, detail, grounds }),
    standing,
    answers: answers.map(said),
    ...given({ owner, dueOn, overdueDays: isOwed(standing) ? daysAfter(dueOn, day) : undefined }),
    ...(steps.length > 0 && { raisedAt: raised.knownAt, steps }),
    ...given({ closed: closed && said(closed), because: withdrawn?.reason }),
    demo,
  };
}

function standingOf({ answers, steps, closed, withdrawn }: FindingDocument): FindingNow['standing'] {
  if (withdrawn) return 'withdrawn';
  if (closed) return 'closed';
  const last = steps.map(({ what }) => what).findLast((what) => what !== 'due-moved');
  return last ?? (answers.length > 0 ? 'answered' : 'open');
}

/** Whether the owner has to hand something in. */
const isOwed = (standing: FindingNow['standing']): boolean => standing === 'assigned' || standing === 'sent-back';

/** Whose turn it is: the owner's to work, the reviewer's to accept, the lead's to close; nobody's otherwise. */
export function awaits({ standing }: Pick<FindingNow, 'standing'>): 'owner' | 'reviewer' | 'lead' | 'none' {
  if (isOwed(standing)) return 'owner';
  return standing === 'reported' ? 'reviewer' : standing === 'accepted' ? 'lead' : 'none';
}

/** The days by which `day` is after the due day; undefined where it is not. */
const daysAfter = (dueOn: string | undefined, day: string): number | undefined =>
  dueOn === undefined || day <= dueOn ? undefined : daysBetween(dueOn, day);
