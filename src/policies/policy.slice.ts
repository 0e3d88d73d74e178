import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import type { PlanState } from '../plans/plan.state.js';
import { deciding, type Slice } from '../slice/slice.js';
import {
  AmendCitedPolicy,
  AmendPolicy,
  CitePolicy,
  DraftPolicy,
  DropPolicy,
  IssuePolicy,
  PlanPolicy,
  PostponePolicy,
  RepealPolicy,
  RevisePolicy,
  WithdrawPolicyReport,
  type PolicyCommand,
} from './policy.commands.js';
import { policyDecider, policyReports, type PolicyState } from './policy.decider.js';
import { policyEvents, policyStream, type PolicyEvent } from './policy.events.js';
import { policyFolder } from './policy.folder.js';
import { policyPlausibility } from './policy.plausibility.js';
import { policyProjection } from './policy.projection.js';

const path = 'plans/:plan/policies/:id';

export const policySlice: Slice = {
  name: 'policies',
  announced: ['policy'],
  events: policyEvents,
  projections: [policyProjection],
  deciding: deciding<PolicyCommand, PolicyEvent, PolicyState, { readonly plan: PlanState }>({
    decider: policyDecider,
    commands: [
      { type: PlanPolicy, path: `${path}/planning`, permission: 'programme.plan', summary: '列入计划制定的政策' },
      { type: AmendPolicy, path: `${path}/amendments`, permission: 'programme.plan', summary: '修改计划制定的政策' },
      { type: CitePolicy, path: `${path}/citation`, permission: 'programme.plan', summary: '登记规划引用的政策' },
      {
        type: AmendCitedPolicy,
        path: `${path}/citation/amendments`,
        permission: 'programme.plan',
        summary: '修改规划引用的政策',
      },
      { type: DraftPolicy, path: `${path}/draft`, permission: 'programme.report', summary: '起草政策' },
      { type: IssuePolicy, path: `${path}/issue`, permission: 'programme.report', summary: '印发政策' },
      { type: RevisePolicy, path: `${path}/revisions`, permission: 'programme.report', summary: '修订政策' },
      { type: PostponePolicy, path: `${path}/postponements`, permission: 'programme.plan', summary: '推迟政策' },
      { type: DropPolicy, path: `${path}/dropping`, permission: 'programme.plan', summary: '不再制定政策' },
      { type: RepealPolicy, path: `${path}/repeal`, permission: 'programme.report', summary: '废止政策' },
      {
        type: WithdrawPolicyReport,
        path: `${path}/reports/:report/withdrawal`,
        permission: 'programme.report',
        summary: '撤回一次政策登记',
      },
    ],
    permission: async (command, load) =>
      command instanceof WithdrawPolicyReport
        ? policyReports.permission(await load(policyDecider, policyStream(command.plan, command.id)), command.report)
        : undefined,
    stream: ({ plan, id }) => policyStream(plan, id),
    known: async (command, load) => ({ plan: await knownPlan(command, load) }),
    units: async ({ plan, id }, load) => {
      const { planned } = await load(policyDecider, policyStream(plan, id));
      return unitsFrom(plan, planned?.owner, load);
    },
    timeZone: planTimeZone,
  }),
  documents: [{ resource: 'policies', label: '政策', projection: policyProjection, answer: 'PolicyDocument' }],
  trails: { policies: policyStream },
  folder: policyFolder,
  plausibility: policyPlausibility,
  codes: { policy: policyProjection },
};
