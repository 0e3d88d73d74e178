import { isMeasured } from '../assessment/measured.js';
import { statusWords } from '../assessment/words.js';
import type { Cell } from '../assessment/cell.js';
import { firstDayOf, lastDayOf, type Period } from '../kernel/period.js';
import { dayOf } from '../kernel/time.js';
import type { Position } from '../kernel/position.js';
import type { Overview } from '../overview/overview.js';
import type { CheckKind } from '../overview/programme/checks.js';
import type { FindingNow } from '../overview/programme/findings.js';
import { checkWords, policyTimelinessWords, projectFlagWords } from '../overview/programme/words.js';
import type { PlanDocument } from '../plans/plan.projection.js';
import type { Fact, FactSubject } from './appraise.js';
import type { CountName } from '../appraisal-rules/appraisal-rules.js';

/** The place of the last event about something; undefined where there is none. */
export type PositionOf = (about: FactSubject) => Position | undefined;

export interface ProgrammeSight {
  readonly overview: Overview;
  readonly plan: PlanDocument;
  readonly year: Period;
  /** The day as of which something is due. */
  readonly day: string;
  readonly positionOf: PositionOf;
}

/** Facts about all units of the plan: targets, contradictions, projects, policies, tasks, 整改. */
export function programmeFacts(sight: ProgrammeSight): Fact[] {
  return [
    ...targetFacts(sight),
    ...contradictionFacts(sight),
    ...projectFacts(sight),
    ...policyFacts(sight),
    ...taskFacts(sight),
    ...rectificationFacts(sight),
  ];
}

/** The base of an item, and what is lost of it. */
type Lost = Pick<Fact, 'text'> & { readonly count: CountName };

function factsOf(sight: ProgrammeSight, base: CountName, of: Omit<Fact, 'count' | 'position'>, lost?: Lost): Fact[] {
  const position = sight.positionOf(of.about);
  return [{ ...of, count: base }, ...(lost ? [{ ...of, ...lost, ...(position !== undefined && { position }) }] : [])];
}

function targetFacts(sight: ProgrammeSight): Fact[] {
  return sight.overview.indicators.flatMap(({ code, name, period, attribute, cells }) =>
    cells.flatMap((cell) => {
      const { unit, assessment } = cell;
      const { status } = assessment;
      if (status === 'no-data' || status === 'incomparable' || status === 'not-applicable') return [];
      const about = { kind: 'figure', id: code, unit, period } as const;
      const text = `${code} ${name} ${period}：${statusWords[status].zh}${valueText(cell)}`;
      const isMissed = status === 'behind' || status === 'severely-behind';
      const missed = attribute === 'binding' ? 'bindingMissed' : 'expectedMissed';
      const count = isMissed ? missed : status === 'roughly' ? 'roughly' : undefined;
      return factsOf(sight, 'targets', { unit, text, about }, count && { count, text });
    }),
  );
}

const valueText = ({ value }: Cell): string => (isMeasured(value) ? `，现值 ${value.shown}` : '');

/** Checks that say that figures contradict each other; others are about what was done. */
const contradictory: ReadonlySet<CheckKind> = new Set(['totals-disagree', 'total-falls', 'over-hundred']);

const contradictionFacts = ({ overview, positionOf }: ProgrammeSight): Fact[] =>
  overview.programme.checks.flatMap(({ check, subject, unit, text }) => {
    if (unit === undefined || !contradictory.has(check)) return [];
    const about = { kind: 'figure', id: subject, unit, period: overview.period } as const;
    const position = positionOf(about);
    const words = `${subject} ${checkWords[check]}：${text}`;
    return [
      { count: 'contradictions', unit, text: words, about, mark: check, ...(position !== undefined && { position }) },
    ];
  });

const projectFacts = (sight: ProgrammeSight): Fact[] =>
  sight.overview.programme.projects.list.flatMap(({ id, name, unit, standing, status, flags }) => {
    const overdue = flags.filter((flag) => flag === 'start-overdue' || flag === 'overdue');
    const isJudged = status !== 'no-data' && status !== 'not-applicable' && status !== 'incomparable';
    if (standing === 'cancelled' || (!isJudged && overdue.length === 0)) return [];
    const isBehind = overdue.length > 0 || status === 'behind' || status === 'severely-behind';
    const why = overdue.length > 0 ? overdue.map((flag) => projectFlagWords[flag]).join('、') : statusWords[status].zh;
    const text = `${id} ${name}：${why}`;
    const lost = isBehind ? ({ count: 'projectsBehind', text } as const) : undefined;
    return factsOf(sight, 'undertakings', { unit, text, about: { kind: 'project', id } }, lost);
  });

const policyFacts = (sight: ProgrammeSight): Fact[] =>
  sight.overview.programme.policies.list.flatMap(({ id, name, owner, due, timeliness }) => {
    if (owner === undefined || ['pending', 'undated', 'dropped'].includes(timeliness)) return [];
    const text = `${id} ${name}：${policyTimelinessWords[timeliness]}，期限 ${due ?? ''}`;
    const lost =
      timeliness === 'late' || timeliness === 'overdue' ? ({ count: 'policiesLate', text } as const) : undefined;
    return factsOf(sight, 'undertakings', { unit: owner, text, about: { kind: 'policy', id } }, lost);
  });

const taskFacts = (sight: ProgrammeSight): Fact[] =>
  sight.overview.programme.tasks.list.flatMap(({ id, title, owner, due, standing, overdue }) => {
    if (owner === undefined || due === undefined || !(overdue || standing === 'completed')) return [];
    const text = `${id} ${title}：期限 ${due}${overdue ? '，逾期未完成' : ''}`;
    const lost = overdue ? ({ count: 'tasksOverdue', text } as const) : undefined;
    return factsOf(sight, 'undertakings', { unit: owner, text, about: { kind: 'task', id } }, lost);
  });

/** Of the 整改 that were due in the year: whether the last that was handed in became known by the due day. */
const rectificationFacts = (sight: ProgrammeSight): Fact[] =>
  sight.overview.programme.findings.flatMap((finding) => {
    const { id, title, owner, dueOn, standing, overdueDays } = finding;
    const { plan, year } = sight;
    if (owner === undefined || dueOn === undefined || standing === 'withdrawn') return [];
    if (dueOn < firstDayOf(year, plan) || dueOn > lastDayOf(year, plan)) return [];
    const handedIn = handedInOn(finding, plan.timeZone);
    if (overdueDays === undefined && (handedIn === undefined || standing === 'sent-back')) return [];
    const late = handedIn !== undefined && handedIn > dueOn ? `，${handedIn} 报送` : '';
    const lateText = overdueDays === undefined ? late : `，逾期 ${overdueDays} 天`;
    const text = `${id} ${title}：期限 ${dueOn}${lateText}`;
    const lost = lateText === '' ? undefined : ({ count: 'rectificationsLate', text } as const);
    return factsOf(sight, 'rectifications', { unit: owner, text, about: { kind: 'finding', id } }, lost);
  });

function handedInOn({ steps = [] }: FindingNow, timeZone: string): string | undefined {
  const last = steps.findLast(({ what }) => what === 'reported');
  return last && dayOf(last.knownAt, timeZone);
}
