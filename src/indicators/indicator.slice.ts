import { DomainError } from '../kernel/errors.js';
import type { LoadState } from '../kernel/handling.js';
import { knownPlan, planTimeZone, unitsFrom } from '../plans/known-plan.js';
import { deciding, type Slice } from '../slice/slice.js';
import {
  AmendIndicator,
  ContinueIndicator,
  DefineIndicator,
  RedefineIndicator,
  RetireIndicator,
  SetIndicatorScope,
  ReviseTarget,
  SetTarget,
  WithdrawContinuation,
  WithdrawTarget,
  type IndicatorCommand,
} from './indicator.commands.js';
import { formulasOf, type Referred } from './formula-check.js';
import { isRule, parseFormula, referencesOf } from './formula.js';
import { indicatorDecider } from './indicator.decider.js';
import type { IndicatorKnown, IndicatorState } from './indicator.state.js';
import { indicatorEvents, indicatorStream, type IndicatorEvent } from './indicator.events.js';
import { indicatorFolder } from './indicator.folder.js';
import { indicatorPlausibility } from './indicator.plausibility.js';
import { indicatorProjection } from './indicator.projection.js';
import { IndicatorsController } from './indicators.controller.js';

const path = 'plans/:plan/indicators/:code';

export const indicatorSlice: Slice = {
  name: 'indicators',
  announced: ['indicator'],
  events: indicatorEvents,
  projections: [indicatorProjection],
  deciding: deciding<IndicatorCommand, IndicatorEvent, IndicatorState, IndicatorKnown>({
    decider: indicatorDecider,
    commands: [
      { type: DefineIndicator, path: `${path}/definition`, permission: 'plans.define', summary: '定义指标' },
      { type: AmendIndicator, path: `${path}/amendments`, permission: 'plans.define', summary: '修改指标：整体重述' },
      { type: RedefineIndicator, path: `${path}/redefinitions`, permission: 'plans.define', summary: '口径变更' },
      { type: SetTarget, path: `${path}/targets/:unit/:period`, permission: 'plans.define', summary: '设定目标' },
      {
        type: ReviseTarget,
        path: `${path}/targets/:unit/:period/revisions`,
        permission: 'plans.define',
        summary: '目标调整',
      },
      {
        type: WithdrawTarget,
        path: `${path}/targets/:unit/:period/withdrawal`,
        permission: 'plans.define',
        summary: '撤销目标',
      },
      { type: SetIndicatorScope, path: `${path}/scope`, permission: 'plans.define', summary: '设定指标对单位是否适用' },
      { type: RetireIndicator, path: `${path}/retirement`, permission: 'plans.define', summary: '停用指标' },
      {
        type: ContinueIndicator,
        path: `${path}/continuation`,
        permission: 'plans.define',
        summary: '衔接原规划的指标',
      },
      {
        type: WithdrawContinuation,
        path: `${path}/continuation/withdrawal`,
        permission: 'plans.define',
        summary: '撤销与原规划的衔接',
      },
    ],
    stream: ({ plan, code }) => indicatorStream(plan, code),
    known: async (command, load) => ({
      plan: await knownPlan(command, load),
      referred: await loadReferred(command, load),
      ...(await loadFormer(command, load)),
    }),
    units: ({ plan }, load) => unitsFrom(plan, undefined, load),
    timeZone: planTimeZone,
  }),
  controllers: [IndicatorsController],
  trails: { indicators: indicatorStream },
  folder: indicatorFolder,
  plausibility: indicatorPlausibility,
  codes: { indicator: indicatorProjection },
};

/** The indicators that the command's formula leads to, through whatever other formulas. */
async function loadReferred(command: IndicatorCommand, load: LoadState): Promise<Referred> {
  const referred = new Map<string, IndicatorState>();
  const open = codesIn(command);
  for (let code = open.pop(); code !== undefined; code = open.pop()) {
    if (referred.has(code)) continue;
    const state = await load(indicatorDecider, indicatorStream(command.plan, code));
    referred.set(code, state);
    open.push(...formulasOf(state).flatMap((formula) => referencesOf(formula).map((reference) => reference.code)));
  }
  return referred;
}

/** The indicator of an earlier plan that the command names, with that plan. */
async function loadFormer(command: IndicatorCommand, load: LoadState): Promise<Pick<IndicatorKnown, 'former'>> {
  if (command.type !== 'ContinueIndicator') return {};
  const { formerPlan, formerIndicator } = command;
  const [plan, indicator] = await Promise.all([
    knownPlan({ plan: formerPlan }, load),
    load(indicatorDecider, indicatorStream(formerPlan, formerIndicator)),
  ]);
  return { former: { plan, indicator } };
}

/** None where there is no formula, or where the decider will refuse it anyway. */
function codesIn(command: IndicatorCommand): string[] {
  const text =
    'definition' in command
      ? command.definition.measurement.formula
      : 'value' in command && isRule(command.value)
        ? command.value
        : undefined;
  if (text === undefined) return [];
  try {
    return referencesOf(parseFormula(text)).map(({ code }) => code);
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
}
