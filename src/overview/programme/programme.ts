import { findingProjection } from '../../findings/finding.projection.js';
import type { Period } from '../../kernel/period.js';
import type { Projection } from '../../kernel/projection.js';
import { dayOf, type Instant } from '../../kernel/time.js';
import type { AsOf } from '../../kernel/versioned-store.js';
import { policyProjection } from '../../policies/policy.projection.js';
import { projectProjection } from '../../projects/project.projection.js';
import { promiseProjection } from '../../promises/promise.projection.js';
import { taskProjection } from '../../tasks/task.projection.js';
import type { Composing } from '../composing.js';
import type { IndicatorRow } from '../indicator-row.js';
import type { Method } from '../../assessment/method.js';
import { moneyUnit } from '../../plans/money.js';
import { rowsOfWhole } from '../rows-of-whole.js';
import type { PlanDocument } from '../../plans/plan.projection.js';
import { checksOf, type Check } from './checks.js';
import { findingsNow, type FindingNow } from './findings.js';
import { policiesNow, type PoliciesNow } from './policies.js';
import { projectAt, projectsNow, type ProjectsNow } from './projects.js';
import { promisesNow, type PromisesNow } from './promises.js';
import { tasksNow, type TasksNow } from './tasks.js';
import { untilDay } from './until.js';

/** Everything of a plan besides its main indicators: as known at a moment, about days up to `until`. */
export interface Programme {
  readonly until: string;
  readonly promises: PromisesNow;
  readonly projects: ProjectsNow;
  readonly policies: PoliciesNow;
  readonly tasks: TasksNow;
  /** Raised by people. */
  readonly findings: readonly FindingNow[];
  /** Found by the engine on reading. */
  readonly checks: readonly Check[];
  readonly demo: boolean;
}

export interface ProgrammeQuestion {
  readonly period: Period;
  readonly asOf: AsOf | undefined;
  /** Now, where no moment is asked for: what is still to come is not late. */
  readonly now: Instant | undefined;
  readonly indicators: readonly IndicatorRow[];
  readonly method: Method;
}

export async function composeProgramme(
  own: Composing,
  plan: PlanDocument,
  { period, asOf, now, indicators, method }: ProgrammeQuestion,
): Promise<Programme> {
  const listed = async <Document>({ views }: Composing, projection: Projection<Document>): Promise<Document[]> =>
    (await views.list(projection, `${plan.plan}/`, { asOf })).map(({ body }) => body);
  const instant = asOf?.knownAt ?? now;
  const until = untilDay(period, instant, plan);
  const calendar = { ...plan, rules: plan.rules.rules };
  const day = instant === undefined ? until : dayOf(instant, plan.timeZone);

  const registered = await own.part('projects', async (from) =>
    (await listed(from, projectProjection)).map((each) =>
      from.given(`project ${each.id}`, [each], () => projectAt(each, until, calendar, method)),
    ),
  );
  const projects = own.given('projects', [registered], () => projectsNow(registered, method));
  const policies = await own.part('policies', async (from) =>
    policiesNow(await listed(from, policyProjection), until, plan),
  );
  const tasksIn = (of: Composing) =>
    of.part('tasks', async (from) => tasksNow(await listed(from, taskProjection), until, plan));
  const tasks = await tasksIn(own);
  const promises = await own.part('promises', async (from) => {
    const { list } = await tasksIn(from);
    const asked = { own: from, rowOf: rowsOfWhole(from, plan, period), period, tasks: list, method };
    return promisesNow(await listed(from, promiseProjection), asked);
  });
  const findings = await own.part('findings', async (from) => findingsNow(await listed(from, findingProjection), day));
  const lists = [promises.list, projects.list, policies.list, tasks.list, findings];
  const checked = { indicators, promises, projects, policies, tasks };
  const checks = own.given('checks', Object.values(checked), () =>
    checksOf({ ...checked, money: moneyUnit(plan) }, method),
  );
  return {
    ...{ until, promises, projects, policies, tasks, findings, checks },
    demo: lists.some((list) => list.some(({ demo }) => demo)),
  };
}
