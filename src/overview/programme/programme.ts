import { findingProjection } from '../../findings/finding.projection.js';
import type { Period } from '../../kernel/period.js';
import type { Projection } from '../../kernel/projection.js';
import { dayOf, type Instant } from '../../kernel/time.js';
import type { AsOf } from '../../kernel/versioned-store.js';
import type { DocumentReading } from '../../kernel/views.js';
import { policyProjection } from '../../policies/policy.projection.js';
import { projectProjection } from '../../projects/project.projection.js';
import { promiseProjection } from '../../promises/promise.projection.js';
import { taskProjection } from '../../tasks/task.projection.js';
import type { IndicatorRow } from '../indicator-row.js';
import type { Method } from '../../assessment/method.js';
import { moneyUnit } from '../../plans/money.js';
import type { PlanDocument } from '../../plans/plan.projection.js';
import { checksOf, type Check } from './checks.js';
import { findingsNow, type FindingNow } from './findings.js';
import { policiesNow, type PoliciesNow } from './policies.js';
import { projectAt, projectsNow, type ProjectsNow } from './projects.js';
import { promisesNow, type PromisesNow, type RowOfWhole } from './promises.js';
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
  readonly rowOf: RowOfWhole;
  readonly method: Method;
}

export async function composeProgramme(
  views: DocumentReading,
  plan: PlanDocument,
  { period, asOf, now, indicators, rowOf, method }: ProgrammeQuestion,
): Promise<Programme> {
  const documents = async <Document>(projection: Projection<Document>): Promise<Document[]> =>
    (await views.list(projection, `${plan.plan}/`, { asOf })).map(({ body }) => body);
  const instant = asOf?.knownAt ?? now;
  const until = untilDay(period, instant, plan);

  const rules = plan.rules.rules;
  const registered = await documents(projectProjection);
  const projects = projectsNow(
    registered.map((each) => projectAt(each, until, { ...plan, rules }, method)),
    method,
  );
  const policies = policiesNow(await documents(policyProjection), until, plan);
  const tasks = tasksNow(await documents(taskProjection), until, plan);
  const promises = await promisesNow(await documents(promiseProjection), { rowOf, period, tasks: tasks.list, method });
  const day = instant === undefined ? until : dayOf(instant, plan.timeZone);
  const findings = findingsNow(await documents(findingProjection), day);
  const lists = [promises.list, projects.list, policies.list, tasks.list, findings];
  return {
    ...{ until, promises, projects, policies, tasks, findings },
    checks: checksOf({ indicators, promises, projects, policies, tasks, money: moneyUnit(plan) }, method),
    demo: lists.some((list) => list.some(({ demo }) => demo)),
  };
}
