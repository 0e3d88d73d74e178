import type { Check, Light, PolicyNow, ProjectNow, Status, TaskNow, Unit } from '../api/types';
import { unitLabel } from '../state/scope';
import { projectCategoryWords, projectClassWords, taskStandingWords } from '../words';

/** Ways of reading the programme that its tabs share. */

const lightWeights: Readonly<Record<Light, number>> = { red: 0, yellow: 1, green: 2, grey: 3 };
const severityWeights: Readonly<Record<Check['severity'], number>> = { high: 0, medium: 1, low: 2 };

const byId = <Thing extends { readonly id: string }>(a: Thing, b: Thing): number =>
  a.id.localeCompare(b.id, 'en', { numeric: true });

/** What needs looking at first, the least number first; the order of the text after that. */
export const byConcern =
  <Thing extends { readonly id: string }>(weightOf: (thing: Thing) => number) =>
  (a: Thing, b: Thing): number =>
    weightOf(a) - weightOf(b) || byId(a, b);

/** Red, yellow, green, grey; of the red ones what is severely behind first. */
export const lightWeight = ({ light, status }: { readonly light: Light; readonly status?: Status }): number =>
  status === 'severely-behind' ? -1 : lightWeights[light];

export const bySeverity = (a: Pick<Check, 'severity'>, b: Pick<Check, 'severity'>): number =>
  severityWeights[a.severity] - severityWeights[b.severity];

/** No light of the rules: the shape and colour that go with the word. */
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

/** A task past its time is late, whatever was reported of it. */
export type TaskState = TaskNow['standing'] | 'overdue';
export const taskState = ({ standing, overdue }: TaskNow): TaskState => (overdue ? 'overdue' : standing);
export const taskStateWords: Readonly<Record<TaskState, string>> = { overdue: '逾期', ...taskStandingWords };

export const lightOfSeverity: Readonly<Record<Check['severity'], Light>> = {
  high: 'red',
  medium: 'yellow',
  low: 'grey',
};

/** `implementing/continuing`, `prospective`: as the sums by category are keyed. */
export const categoryOf = (project: Pick<ProjectNow, 'class' | 'category'>): string =>
  [project.class, project.category].filter(Boolean).join('/');

/** `implementing/continuing` → 实施类·续建 */
export function categoryLabel(key: string): string {
  const [kind, category] = key.split('/') as [ProjectNow['class'], ProjectNow['category']];
  return [projectClassWords[kind], category && projectCategoryWords[category]].filter(Boolean).join('·');
}

/** `2021–2023`; a single period is written once. */
export const span = (from: string | undefined, to: string | undefined): string | undefined =>
  from === undefined || to === undefined || from === to ? (to ?? from) : `${from}–${to}`;

/** The bureau that answers for a unit's part, where the plan names it. */
export const bureauOf = (units: readonly Unit[], code: string): string =>
  units.find((unit) => unit.code === code)?.bureau ?? unitLabel(units, code);

/** A share in percent, exactly rounded to one place; none of nothing. */
export function share(part: string | number, whole: string | number): string | undefined {
  const [a, b] = [part, whole].map((number) => /^(\d+)(?:\.(\d+))?$/.exec(String(number)));
  if (!a || !b) return undefined;
  const places = Math.max(a[2]?.length ?? 0, b[2]?.length ?? 0);
  const [top, bottom] = [a, b].map(([, digits, fraction = '']) => BigInt(digits + fraction.padEnd(places, '0')));
  if (!bottom || top === undefined) return undefined;
  const tenths = String((top * 2000n + bottom) / (2n * bottom)).padStart(2, '0');
  return `${tenths.slice(0, -1)}.${tenths.slice(-1)}%`;
}

/** The things that a unit answers for itself; all of them for the one above all others. */
export const ofUnit = <Thing>(
  things: readonly Thing[],
  unitOf: (thing: Thing) => string | undefined,
  unit: { readonly code: string; readonly parent?: string },
): readonly Thing[] => (unit.parent === undefined ? things : things.filter((thing) => unitOf(thing) === unit.code));

export const countBy = <Thing>(things: readonly Thing[], holds: (thing: Thing) => boolean): number =>
  things.filter(holds).length;

export const includesText = (text: string, ...parts: readonly (string | undefined)[]): boolean =>
  text.trim() === '' || parts.some((part) => part?.toLowerCase().includes(text.trim().toLowerCase()));
