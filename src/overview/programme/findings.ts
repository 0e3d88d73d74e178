import type { FindingDocument } from '../../findings/finding.projection.js';
import { given } from './projects.js';

/** A finding with its answers and closing, as of a moment. */
export interface FindingNow {
  readonly id: string;
  readonly severity: FindingDocument['severity'];
  readonly subjectType: FindingDocument['subjectType'];
  readonly subject?: string;
  readonly title: string;
  readonly detail?: string;
  readonly lines: readonly number[];
  readonly standing: 'open' | 'answered' | 'closed' | 'withdrawn';
  readonly raisedBy: string;
  readonly answers: readonly Said[];
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

/** Ordered by severity, highest first. */
export function findingsNow(documents: readonly FindingDocument[]): FindingNow[] {
  return documents.map(findingNow).toSorted((a, b) => severityOrder[a.severity] - severityOrder[b.severity]);
}

function findingNow(document: FindingDocument): FindingNow {
  const { id, severity, subjectType, subject, title, detail, lines, raised, answers, closed, withdrawn, demo } =
    document;
  const said = ({ on, text, by }: Said): Said => ({ on, text, by });
  return {
    ...{ id, severity, subjectType, title, lines, raisedBy: raised.by },
    ...given({ subject, detail }),
    standing: withdrawn ? 'withdrawn' : closed ? 'closed' : answers.length > 0 ? 'answered' : 'open',
    answers: answers.map(said),
    ...given({ closed: closed && said(closed), because: withdrawn?.reason }),
    demo,
  };
}
