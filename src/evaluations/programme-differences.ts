import { withoutZeros } from '../assessment/decimals.js';
import { figureStream } from '../figures/figure.events.js';
import { findingStream } from '../findings/finding.events.js';
import { indicatorStream } from '../indicators/indicator.events.js';
import { policyWords } from '../policies/policy.decider.js';
import { policyStream } from '../policies/policy.events.js';
import { standingWords } from '../projects/project.decider.js';
import { projectStream } from '../projects/project.events.js';
import { promiseStream } from '../promises/promise.events.js';
import { taskStream } from '../tasks/task.events.js';
import type { FindingNow } from '../overview/programme/findings.js';
import type { PolicyNow } from '../overview/programme/policies.js';
import type { Programme } from '../overview/programme/programme.js';
import type { ProjectNow } from '../overview/programme/projects.js';
import type { PromiseNow } from '../overview/programme/promises.js';
import type { TaskNow } from '../overview/programme/tasks.js';
import {
  findingStandingWords,
  promiseStateWords,
  severityWords,
  taskStandingWords,
} from '../overview/programme/words.js';

export type ProgrammeAspect = 'promise' | 'project' | 'policy' | 'task' | 'finding';

/** An item that differs between two states, with the streams whose events can explain the difference. */
export interface ProgrammeDifference {
  readonly aspect: ProgrammeAspect;
  readonly subject: string;
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
  readonly streams: readonly string[];
}

/** The differences in promises, projects, policies, tasks and findings between two states of a plan. */
export function programmeDifferences(
  left: Programme,
  right: Programme,
  { plan, units, money }: { plan: string; units: readonly string[]; money: string },
): ProgrammeDifference[] {
  const streamsOfPromise = ({ id, indicator, judgedPeriod: period }: PromiseNow) => [
    promiseStream(plan, id),
    ...(indicator === undefined ? [] : [indicatorStream(plan, indicator)]),
    ...(indicator === undefined || period === undefined
      ? []
      : units.map((unit) => figureStream({ plan, code: indicator, unit, period }))),
  ];
  return [
    ...differencesIn(left.promises.list, right.promises.list, {
      aspect: 'promise',
      nameOf: ({ statement }) => statement,
      textOf: promiseText,
      contentOf: ({ statement, value, period }) => ({ 规划任务目标: statement, 任务目标值: value, 期限: period }),
      sameBy: ({ shown, target, ...promise }) =>
        promiseText({ ...promise, shown: shown && withoutZeros(shown), target: target && withoutZeros(target) }),
      streamsOf: streamsOfPromise,
    }),
    ...differencesIn(left.projects.list, right.projects.list, {
      aspect: 'project',
      nameOf: ({ name }) => name,
      textOf: (project) => projectText(project, money),
      contentOf: ({ name, unit, investment, plannedStart }) => ({
        ...{ 项目: name, 责任单位: unit, 总投资: investment, 计划开工: plannedStart },
      }),
      streamsOf: ({ id }) => [projectStream(plan, id)],
    }),
    ...differencesIn(left.policies.list, right.policies.list, {
      aspect: 'policy',
      nameOf: ({ name }) => name,
      textOf: policyText,
      contentOf: ({ name, owner, from }) => ({ 政策: name, 责任单位: owner, 计划起始: from }),
      streamsOf: ({ id }) => [policyStream(plan, id)],
    }),
    ...differencesIn(left.tasks.list, right.tasks.list, {
      aspect: 'task',
      nameOf: ({ title }) => title,
      textOf: taskText,
      contentOf: ({ title, owner, due }) => ({ 任务: title, 责任单位: owner, 期限: due }),
      streamsOf: ({ id }) => [taskStream(plan, id)],
    }),
    ...differencesIn(left.findings, right.findings, {
      aspect: 'finding',
      nameOf: ({ title }) => title,
      textOf: findingText,
      contentOf: ({ title, severity, owner, dueOn }) => ({
        ...{ 问题: title, 轻重: severityWords[severity], 整改单位: owner, 整改期限: dueOn },
      }),
      streamsOf: ({ id }) => [findingStream(plan, id)],
    }),
  ];
}

interface Reading<Thing> {
  readonly aspect: ProgrammeAspect;
  readonly nameOf: (thing: Thing) => string;
  readonly textOf: (thing: Thing) => string;
  /** What an amendment can change, by its Chinese name. It is named only where the two sides differ. */
  readonly contentOf: (thing: Thing) => Readonly<Record<string, string | undefined>>;
  /** Equal for things that do not differ, where this is not the text. */
  readonly sameBy?: (thing: Thing) => string;
  readonly streamsOf: (thing: Thing) => string[];
}

function differencesIn<Thing extends { readonly id: string }>(
  left: readonly Thing[],
  right: readonly Thing[],
  { aspect, nameOf, textOf, contentOf, sameBy = textOf, streamsOf }: Reading<Thing>,
): ProgrammeDifference[] {
  const before = new Map(left.map((thing) => [thing.id, thing]));
  const after = new Map(right.map((thing) => [thing.id, thing]));
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((id) => {
    const [old, now] = [before.get(id), after.get(id)];
    const amended = old && now ? differing(contentOf(old), contentOf(now)) : [];
    const words = (thing: Thing) =>
      joined(textOf(thing), ...amended.map((field) => `${field} ${contentOf(thing)[field] ?? '未填'}`));
    const [from, to] = [old && words(old), now && words(now)];
    const either = (now ?? old)!;
    if (old && now && amended.length === 0 && sameBy(old) === sameBy(now)) return [];
    return [
      {
        ...{ aspect, subject: id, name: nameOf(either), streams: streamsOf(either) },
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      },
    ];
  });
}

const differing = (left: Readonly<Record<string, unknown>>, right: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(left).filter((field) => left[field] !== right[field]);

const joined = (...parts: readonly (string | undefined)[]) => parts.filter((part) => part !== undefined).join(' · ');

const promiseText = ({ state, shown, target, because }: PromiseNow) =>
  joined(promiseStateWords[state], shown, target && `目标 ${target}`, because);

const projectText = ({ standing, percent, invested, plannedEnd }: ProjectNow, money: string) =>
  joined(
    standingWords[standing],
    percent && `形象 ${percent}%`,
    invested && `投资 ${invested} ${money}`,
    `竣工期限 ${plannedEnd}`,
  );

const policyText = ({ standing, issuedOn, documentNumber, due }: PolicyNow) =>
  joined(policyWords[standing], documentNumber, issuedOn, due && `期限 ${due}`);

const taskText = ({ standing, percent, text }: TaskNow) =>
  joined(taskStandingWords[standing], percent && `${percent}%`, text);

const findingText = ({ standing, closed, steps = [], answers, because }: FindingNow) =>
  joined(
    findingStandingWords[standing],
    because ?? closed?.text ?? steps.findLast(({ text }) => text)?.text ?? answers.at(-1)?.text,
  );
