import type { LoadState } from '../kernel/handling.js';
import { knownPlan } from '../plans/known-plan.js';
import { PlanContent } from '../plans/plan.commands.js';
import type { PlanState } from '../plans/plan.state.js';
import type { Asked, AskedCommand, Side } from '../slice/plausibility.js';
import {
  CorrectInvestment,
  ReportInvestment,
  ReportProjectProgress,
  RescheduleProject,
  ProjectContent,
} from './project.commands.js';
import { projectDecider, type Registered } from './project.decider.js';
import { projectStream } from './project.events.js';

/** What a folder says about projects, and how these stand after it. */
export interface ProjectSight {
  readonly plan: PlanState;
  readonly draft: AskedCommand<PlanContent> | undefined;
  readonly registered: ReadonlyMap<string, AskedCommand<ProjectContent>>;
  readonly projects: ReadonlyMap<string, Registered>;
  readonly reschedulings: readonly AskedCommand<RescheduleProject>[];
  readonly progress: readonly AskedCommand<ReportProjectProgress>[];
  readonly investments: readonly (AskedCommand<ReportInvestment> | AskedCommand<CorrectInvestment>)[];
}

export async function projectSight(asked: Asked, load: LoadState): Promise<ProjectSight> {
  const contents = asked.of(ProjectContent);
  const registered = new Map(contents.map((each) => [each.command.id, each]));
  const investments = [...asked.of(ReportInvestment), ...asked.of(CorrectInvestment)];
  const ids = new Set([
    ...registered.keys(),
    ...[...registered.values()].flatMap(({ command }) => command.package ?? []),
    ...investments.map(({ command }) => command.id),
  ]);
  const states = await Promise.all(
    [...ids].map(async (id) => ({ id, ...(await load(projectDecider, projectStream(asked.plan, id))) })),
  );
  return {
    plan: await knownPlan(asked, load),
    draft: asked.of(PlanContent)[0],
    registered,
    projects: new Map(states.flatMap(({ id, registered: known }) => (known ? [[id, known] as const] : []))),
    reschedulings: asked.of(RescheduleProject),
    progress: asked.of(ReportProjectProgress),
    investments,
  };
}

export function projectSide({ registered }: ProjectSight, id: string, field: string): Side {
  const asked = registered.get(id);
  return asked ? { asked, field } : { standing: `项目 ${id}` };
}

/** Whether the row itself says that the printed words are odd in this respect. */
export const declares = ({ reading = '', anomalies = [] }: ProjectContent, subject: RegExp): boolean =>
  [reading, ...anomalies].some((text) => subject.test(text));
