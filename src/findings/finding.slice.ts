import { indicatorDecider } from '../indicators/indicator.decider.js';
import { indicatorStream } from '../indicators/indicator.events.js';
import type { LoadState } from '../kernel/handling.js';
import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import { policyDecider } from '../policies/policy.decider.js';
import { policyStream } from '../policies/policy.events.js';
import { projectDecider } from '../projects/project.decider.js';
import { projectStream } from '../projects/project.events.js';
import { promiseDecider } from '../promises/promise.decider.js';
import { promiseStream } from '../promises/promise.events.js';
import { deciding, type Slice } from '../slice/slice.js';
import { taskDecider } from '../tasks/task.decider.js';
import { taskStream } from '../tasks/task.events.js';
import {
  AmendFinding,
  AnswerFinding,
  CloseFinding,
  FindingContent,
  RaiseFinding,
  WithdrawFinding,
  type FindingCommand,
} from './finding.commands.js';
import { findingDecider, type FindingKnown, type FindingState } from './finding.decider.js';
import { findingEvents, findingStream, type FindingEvent, type FindingSubject } from './finding.events.js';
import { findingFolder } from './finding.folder.js';
import { findingProjection } from './finding.projection.js';

const path = 'plans/:plan/findings/:id';

export const findingSlice: Slice = {
  name: 'findings',
  announced: ['finding'],
  events: findingEvents,
  projections: [findingProjection],
  deciding: deciding<FindingCommand, FindingEvent, FindingState, FindingKnown>({
    decider: findingDecider,
    commands: [
      { type: RaiseFinding, path, permission: 'evaluations.find', summary: '提出问题' },
      { type: AmendFinding, path: `${path}/amendments`, permission: 'evaluations.find', summary: '修改问题' },
      { type: AnswerFinding, path: `${path}/answers`, permission: 'programme.report', summary: '答复问题' },
      { type: CloseFinding, path: `${path}/closing`, permission: 'evaluations.find', summary: '办结问题' },
      { type: WithdrawFinding, path: `${path}/withdrawal`, permission: 'evaluations.find', summary: '撤销问题' },
    ],
    stream: ({ plan, id }) => findingStream(plan, id),
    known: async (command, load) => ({
      plan: await knownPlan(command, load),
      subjectExists:
        !(command instanceof FindingContent) ||
        command.subject === undefined ||
        (await exists(command.subjectType, command.plan, command.subject, load)),
    }),
    units: ({ plan }, load) => unitsFrom(plan, undefined, load),
    timeZone: planTimeZone,
  }),
  documents: [{ resource: 'findings', label: '问题', projection: findingProjection, answer: 'FindingDocument' }],
  trails: { findings: findingStream },
  folder: findingFolder,
  codes: { finding: findingProjection },
};

async function exists(type: FindingSubject, plan: string, id: string, load: LoadState): Promise<boolean> {
  switch (type) {
    case 'plan':
      return true;
    case 'indicator':
      return (await load(indicatorDecider, indicatorStream(plan, id))).defined !== undefined;
    case 'project':
      return (await load(projectDecider, projectStream(plan, id))).registered !== undefined;
    case 'policy': {
      const { planned, cited } = await load(policyDecider, policyStream(plan, id));
      return (planned ?? cited) !== undefined;
    }
    case 'promise':
      return (await load(promiseDecider, promiseStream(plan, id))).recorded !== undefined;
    case 'task':
      return (await load(taskDecider, taskStream(plan, id))).assigned !== undefined;
  }
}
