import type { LoadState } from '../kernel/handling.js';
import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import type { Publications } from '../slice/publications.js';
import { deciding, type Slice } from '../slice/slice.js';
import { AssignmentProposalController } from './assignment-proposal.controller.js';
import {
  AcceptMeasures,
  AmendFinding,
  AnswerFinding,
  AssignFinding,
  CloseFinding,
  FindingContent,
  MoveFindingDue,
  RaiseFinding,
  ReportMeasures,
  SendBackMeasures,
  WithdrawFinding,
  type FindingCommand,
} from './finding.commands.js';
import { findingDecider, type FindingKnown, type FindingState } from './finding.decider.js';
import { findingEvents, findingStream, type FindingEvent } from './finding.events.js';
import { findingFolder } from './finding.folder.js';
import { findingProjection } from './finding.projection.js';
import { groundExists, groundForm } from './grounds.js';
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
      { type: AssignFinding, path: `${path}/assignment`, permission: 'rectification.assign', summary: '交办整改' },
      { type: MoveFindingDue, path: `${path}/due-day`, permission: 'rectification.assign', summary: '调整整改期限' },
      { type: ReportMeasures, path: `${path}/measures`, permission: 'programme.report', summary: '报送整改情况' },
      { type: AcceptMeasures, path: `${path}/acceptance`, permission: 'rectification.accept', summary: '验收整改' },
      { type: SendBackMeasures, path: `${path}/return`, permission: 'rectification.accept', summary: '退回整改' },
    ],
    stream: ({ plan, id }) => findingStream(plan, id),
    known: async (command, load, { publications }) => ({
      plan: await knownPlan(command, load),
      subjectExists:
        !(command instanceof FindingContent) ||
        command.subject === undefined ||
        (await subjectExists(command.subjectType, command.plan, command.subject, load)),
      unknownGrounds: command instanceof FindingContent ? await unknownGrounds(command, load, publications) : [],
    }),
    // What was assigned is closed by those who close a 整改.
    permission: async (command, load) =>
      command instanceof CloseFinding && (await ownerOf(command, load)) !== undefined
        ? 'rectification.close'
        : undefined,
    // The owner works on the finding, and its reviewers judge the work; all else is of the plan whole.
    units: async (command, load) =>
      unitsFrom(command.plan, isOfOwner(command) ? await ownerOf(command, load) : undefined, load),
    timeZone: planTimeZone,
  }),
  controllers: [AssignmentProposalController],
  documents: [{ resource: 'findings', label: '问题', projection: findingProjection, answer: 'FindingDocument' }],
  trails: { findings: findingStream },
  folder: findingFolder,
  codes: { finding: findingProjection },
};

const ownerOf = async ({ plan, id }: FindingCommand, load: LoadState): Promise<string | undefined> =>
  (await load(findingDecider, findingStream(plan, id))).rectification.owner;

const isOfOwner = (command: FindingCommand): boolean =>
  [AnswerFinding, ReportMeasures, AcceptMeasures, SendBackMeasures].some((type) => command instanceof type);

async function unknownGrounds(
  { plan, grounds = [] }: FindingContent,
  load: LoadState,
  publications: Publications,
): Promise<string[]> {
  const checked = grounds.filter((ground) => groundForm.test(ground));
  const exist = await Promise.all(checked.map((ground) => groundExists(plan, ground, load, publications)));
  return checked.filter((_, at) => !exist[at]);
}
