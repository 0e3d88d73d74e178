import type { ListQuestion } from '../api/programme-calls';
import type { Check, FindingNow, Light, PolicyNow, ProjectNow, TaskNow, Unit } from '../api/types';
import { unitLabel } from '../state/scope';
import { projectCategoryWords, projectClassWords, taskStandingWords } from '../words';
import { t } from '../shared/i18n';

/** Shape and colour for the timeliness of a policy. They are not a light of the evaluation rules. */
export const lightOfTimeliness: Readonly<Record<PolicyNow['timeliness'], Light>> = {
  early: 'green',
  'on-time': 'green',
  late: 'yellow',
  overdue: 'red',
  pending: 'grey',
  undated: 'grey',
  dropped: 'grey',
};

export const lightOfTask = ({ standing, overdue }: TaskNow): Light =>
  standing === 'completed' ? 'green' : overdue ? 'red' : 'grey';

/** A task's state for display: an overdue task is `overdue` regardless of its standing. */
export type TaskState = TaskNow['standing'] | 'overdue';
export const taskState = ({ standing, overdue }: TaskNow): TaskState => (overdue ? 'overdue' : standing);
export const taskStateWords: Readonly<Record<TaskState, string>> = { overdue: t('逾期'), ...taskStandingWords };

export const lightOfSeverity: Readonly<Record<Check['severity'], Light>> = {
  high: 'red',
  medium: 'yellow',
  low: 'grey',
};

export const lightOfFinding = ({ severity, standing }: Pick<FindingNow, 'severity' | 'standing'>): Light =>
  standing === 'withdrawn' ? 'grey' : lightOfSeverity[severity];

/** Category as in sums and filters. */
export type ProjectCategory = NonNullable<ListQuestion<'projects'>['category']>;

export const categoryOf = (project: Pick<ProjectNow, 'class' | 'category'>): string =>
  [project.class, project.category].filter(Boolean).join('/');

/** Label of a category key: `implementing/continuing` → 实施类·续建. */
export function categoryLabel(key: string): string {
  const [kind, category] = key.split('/') as [ProjectNow['class'], ProjectNow['category']];
  return [projectClassWords[kind], category && projectCategoryWords[category]].filter(Boolean).join('·');
}

export const categoryWords: Readonly<Record<ProjectCategory, string>> = {
  'implementing/continuing': categoryLabel('implementing/continuing'),
  'implementing/new': categoryLabel('implementing/new'),
  implementing: categoryLabel('implementing'),
  prospective: categoryLabel('prospective'),
};

/** A range such as `2021–2023`; equal periods are written once. */
export const span = (from: string | undefined, to: string | undefined): string | undefined =>
  from === undefined || to === undefined || from === to ? (to ?? from) : `${from}–${to}`;

/** The bureau of a unit, or the unit's name if the plan names no bureau. */
export const bureauOf = (units: readonly Unit[], code: string): string =>
  units.find((unit) => unit.code === code)?.bureau ?? unitLabel(units, code);

/** Part ÷ whole in percent, rounded exactly to one decimal place; undefined if the whole is 0. */
export function share(part: string | number, whole: string | number): string | undefined {
  const [a, b] = [part, whole].map((number) => /^(\d+)(?:\.(\d+))?$/.exec(String(number)));
  if (!a || !b) return undefined;
  const places = Math.max(a[2]?.length ?? 0, b[2]?.length ?? 0);
  const [top, bottom] = [a, b].map(([, digits, fraction = '']) => BigInt(digits + fraction.padEnd(places, '0')));
  if (!bottom || top === undefined) return undefined;
  const tenths = String((top * 2000n + bottom) / (2n * bottom)).padStart(2, '0');
  return `${tenths.slice(0, -1)}.${tenths.slice(-1)}%`;
}
