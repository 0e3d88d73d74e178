import { subjectWords } from '../findings/finding.decider.js';
import type { FindingSubject } from '../findings/finding.events.js';

/** Criteria of the OECD’s Development Assistance Committee (Better Criteria for Better Evaluation, 2019). */
export const criteria = ['relevance', 'coherence', 'effectiveness', 'efficiency', 'impact', 'sustainability'] as const;

export const criterionWords: Readonly<Record<(typeof criteria)[number], string>> = {
  relevance: '相关性',
  coherence: '一致性',
  effectiveness: '有效性',
  efficiency: '效率',
  impact: '影响',
  sustainability: '可持续性',
};

const code = '[A-Za-z0-9][A-Za-z0-9_-]{0,39}';
/** How an item is written: `indicator/05/331102`, `project/P01`, `area/A`, `criterion/relevance`, `plan`. */
export const itemForm = new RegExp(
  `^(plan|indicator/${code}/${code}|(project|policy|promise|task|area)/${code}|criterion/(${criteria.join('|')}))$`,
);

/** The item that stands for the plan whole. */
export const wholePlan = 'plan';

/** What of an evaluation a verdict is about. */
export interface Item {
  readonly type: FindingSubject | 'area' | 'criterion';
  /** Absent for the plan whole. */
  readonly code?: string;
  /** Of an indicator. */
  readonly unit?: string;
}

export const itemTypeWords: Readonly<Record<Item['type'], string>> = {
  ...subjectWords,
  plan: '总体',
  area: '领域',
  criterion: '定性准则',
};

/** Reads an item that has `itemForm`. */
export function itemOf(text: string): Item {
  const [type, itsCode, unit] = text.split('/') as [Item['type'], string?, string?];
  return { type, ...(itsCode !== undefined && { code: itsCode }), ...(unit !== undefined && { unit }) };
}
