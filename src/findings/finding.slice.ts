import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import { deciding, type Slice } from '../slice/slice.js';
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
import { findingEvents, findingStream, type FindingEvent } from './finding.events.js';
import { findingFolder } from './finding.folder.js';
import { findingProjection } from './finding.projection.js';
import { subjectExists } from './subject-exists.js';

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
        (await subjectExists(command.subjectType, command.plan, command.subject, load)),
    }),
    units: ({ plan }, load) => unitsFrom(plan, undefined, load),
    timeZone: planTimeZone,
  }),
  documents: [{ resource: 'findings', label: '问题', projection: findingProjection, answer: 'FindingDocument' }],
  trails: { findings: findingStream },
  folder: findingFolder,
  codes: { finding: findingProjection },
};
