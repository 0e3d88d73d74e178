import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import type { LoadState } from '../kernel/handling.js';
import { deciding, type DecisionPorts, type Slice } from '../slice/slice.js';
import {
  DecideObjection,
  ObjectToDeduction,
  PutForthAppraisal,
  WithdrawObjection,
  type AppraisalCommand,
} from './appraisal.commands.js';
import { AppraisalController } from './appraisal.controller.js';
import { appraisalDecider, type AppraisalKnown, type AppraisalState } from './appraisal.decider.js';
import { appraisalEvents, appraisalStream, type AppraisalEvent } from './appraisal.events.js';
import { appraisalProjection } from './appraisal.projection.js';
import { appraisalSight } from './appraisal.sight.js';
import { ObjectionsController } from './objections.controller.js';
import { PlanAppraisals } from './plan-appraisals.js';
import { StoredSheetsController } from './stored-sheets.controller.js';
import { readSheets, storeSheets } from './stored-sheets.js';
import { yearOf } from './year.js';

const path = 'plans/:plan/appraisal/:period';

/** What each unit did in a year, in points; putting the sheets forth, and objections to deductions. */
export const appraisalSlice: Slice = {
  name: 'appraisal',
  announced: ['appraisal'],
  events: appraisalEvents,
  projections: [appraisalProjection],
  deciding: deciding<AppraisalCommand, AppraisalEvent, AppraisalState, AppraisalKnown>({
    decider: appraisalDecider,
    commands: [
      {
        type: PutForthAppraisal,
        path: `${path}/putting-forth`,
        permission: 'appraisal.put-forth',
        summary: '公示考核表：此后各单位可在期限内申诉',
      },
      {
        type: ObjectToDeduction,
        path: `${path}/:unit/objections`,
        permission: 'appraisal.object',
        summary: '提出考核申诉：对考核表的一项扣分，写明事由',
      },
      {
        type: WithdrawObjection,
        path: `${path}/:unit/objections/:number/withdrawal`,
        permission: 'appraisal.object',
        summary: '撤回考核申诉：裁定以前，写明事由',
      },
      {
        type: DecideObjection,
        path: `${path}/:unit/objections/:number/decision`,
        permission: 'appraisal.decide',
        summary: '裁定考核申诉：采纳即撤销该项扣分，或不采纳，都写明事由',
      },
    ],
    stream: ({ plan, period }) => appraisalStream(plan, period),
    async known(command, load, ports) {
      const { plan, period } = command;
      yearOf(period);
      const published = await ports.publications.now(plan, load);
      const frozenBy = published.findLast(({ appraisal }) => appraisal?.period === period)?.evaluation;
      const known = { plan: await knownPlan(command, load), ...(frozenBy !== undefined && { frozenBy }) };
      if (command.type === 'PutForthAppraisal') return { ...known, stored: await storedNow(command, ports) };
      if (command.type !== 'ObjectToDeduction') return known;
      return { ...known, ...(await deductionOf(command, load, ports)) };
    },
    units: (command, load) =>
      unitsFrom(command.plan, command.type === 'PutForthAppraisal' ? undefined : command.unit, load),
    timeZone: planTimeZone,
  }),
  controllers: [ObjectionsController, StoredSheetsController, AppraisalController],
  sights: [appraisalSight],
};

const stateOf = ({ plan, period }: AppraisalCommand, load: LoadState): Promise<AppraisalState> =>
  load(appraisalDecider, appraisalStream(plan, period));

async function storedNow(
  { plan, period }: PutForthAppraisal,
  ports: DecisionPorts,
): Promise<NonNullable<AppraisalKnown['stored']>> {
  const content = await new PlanAppraisals(ports).compose(plan, period);
  const { rules, sheets } = content;
  return {
    ...(await storeSheets(ports.files, content)),
    ...{ units: sheets.map(({ unit }) => unit), objectionDays: rules.objectionDays },
  };
}

/** The deduction as the sheet that was put forth last has it; one that is withdrawn already is none. */
async function deductionOf(
  command: ObjectToDeduction,
  load: LoadState,
  { files }: DecisionPorts,
): Promise<Pick<AppraisalKnown, 'deduction'>> {
  const last = (await stateOf(command, load)).rounds.at(-1);
  if (!last) return {};
  const { sheets } = await readSheets(files, last.contentHash);
  const lost = sheets.find(({ unit }) => unit === command.unit)?.items.flatMap((item) => item.lost) ?? [];
  const found = lost.find(({ id, withdrawn }) => id === command.deduction && withdrawn === undefined);
  return found ? { deduction: { text: found.text, points: found.points } } : {};
}
