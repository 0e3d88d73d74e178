import type { LatestChange } from '../overview/latest-changes.js';
import type { Follow } from '../credentials/follows.js';
import type { HitKind, SearchHit } from './search.js';

/** Something that a person follows, as it is called today. */
export interface FollowedThing extends Omit<SearchHit, 'title'> {
  /** Absent if the plan has no such thing any more, or the person does not see it. */
  readonly title?: string;
  /** What became known of it last, out of what the person sees; only where it was asked for. */
  readonly latest?: LatestChange;
}

export interface FollowedList {
  readonly plan: string;
  /** The one followed last comes first. */
  readonly follows: readonly FollowedThing[];
}

/** What is followed, with its name and its latest change; `changes` has the latest one first. */
export const followedOf = (
  follows: readonly Follow[],
  things: readonly SearchHit[],
  changes: readonly LatestChange[],
): FollowedThing[] =>
  follows.flatMap(({ kind, id }) => {
    if (!isHitKind(kind)) return [];
    const thing = things.find((each) => each.kind === kind && each.id === id);
    const latest = changes.find((change) => isAbout(change, { kind, id }));
    return { ...thing, kind, id, ...(latest && { latest }) };
  });

function isAbout(change: LatestChange, { kind, id }: Follow): boolean {
  if (kind === 'unit') return change.kind === 'figure' && change.unit === id;
  const own: string = change.kind === 'figure' ? 'indicator' : change.kind;
  return own === kind && change.id === id;
}

export const isHitKind = (text: string): text is HitKind => Object.hasOwn(kindWords, text);

/** What each kind of thing is called, in errors. */
export const kindWords: Readonly<Record<HitKind, string>> = {
  ...{ indicator: '指标', unit: '单位', project: '项目', policy: '政策', task: '任务' },
  ...{ promise: '规划任务目标', finding: '问题', evaluation: '评估' },
};
