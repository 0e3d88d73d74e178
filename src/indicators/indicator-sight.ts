import type { LoadState } from '../kernel/handling.js';
import { grouped } from '../kernel/grouped.js';
import { knownPlan } from '../plans/known-plan.js';
import { AreaContent, PlanContent, RetireArea, UnitContent } from '../plans/plan.commands.js';
import type { PlanState } from '../plans/plan.state.js';
import type { Asked, AskedCommand, Side } from '../slice/plausibility.js';
import { IndicatorContent, ReviseTarget, SetTarget } from './indicator.commands.js';
import { indicatorDecider } from './indicator.decider.js';
import type { IndicatorState } from './indicator.state.js';
import { indicatorStream, type Definition } from './indicator.events.js';

export const targetsFile = 'targets.csv';

export type AskedTarget = AskedCommand<SetTarget> | AskedCommand<ReviseTarget>;

/** What a folder says about indicators and their targets, and how these stand after it. */
export interface IndicatorSight {
  readonly plan: PlanState;
  readonly draft: AskedCommand<PlanContent> | undefined;
  readonly areas: readonly AskedCommand<AreaContent>[];
  readonly retiredAreas: readonly AskedCommand<RetireArea>[];
  readonly units: ReadonlyMap<string, AskedCommand<UnitContent>>;
  readonly defined: ReadonlyMap<string, AskedCommand<IndicatorContent>>;
  /** By `code/unit/period`, in the order of the folder. */
  readonly targets: ReadonlyMap<string, readonly AskedTarget[]>;
  readonly states: ReadonlyMap<string, DefinedIndicator>;
}

export interface DefinedIndicator {
  readonly code: string;
  readonly defined: NonNullable<IndicatorState['defined']>;
  readonly definition: Definition;
  readonly targets: IndicatorState['targets'];
}

/** `more` are codes of indicators that the caller compares with, besides those defined and those with targets. */
export async function indicatorSight(
  asked: Asked,
  load: LoadState,
  more: Iterable<string> = [],
): Promise<IndicatorSight> {
  const defined = new Map(asked.of(IndicatorContent).map((each) => [each.command.code, each]));
  const targets = [...asked.of(SetTarget), ...asked.of(ReviseTarget)];
  const codes = new Set([...defined.keys(), ...targets.map(({ command }) => command.code), ...more]);
  const states = await Promise.all([...codes].map((code) => stateOf(asked.plan, code, load)));
  return {
    plan: await knownPlan(asked, load),
    draft: asked.of(PlanContent)[0],
    areas: asked.of(AreaContent),
    retiredAreas: asked.of(RetireArea),
    units: new Map(asked.of(UnitContent).map((each) => [each.command.code, each])),
    defined,
    targets: grouped<AskedTarget, string>(
      targets,
      ({ command: { code, unit, period } }) => `${code}/${unit}/${period}`,
    ),
    states: new Map(states.flatMap((state) => (state ? [[state.code, state] as const] : []))),
  };
}

async function stateOf(plan: string, code: string, load: LoadState): Promise<DefinedIndicator | undefined> {
  const { defined, definition, targets } = await load(indicatorDecider, indicatorStream(plan, code));
  return defined && definition && { code, defined, definition, targets };
}

export function indicatorSide({ defined }: IndicatorSight, code: string, field: string): Side {
  const asked = defined.get(code);
  return asked ? { asked, field } : { standing: `指标 ${code}` };
}

export function targetSide({ targets }: IndicatorSight, code: string, unit: string, period: string): Side {
  const asked = targets.get(`${code}/${unit}/${period}`)?.at(-1);
  if (!asked) return { standing: `指标 ${code} 单位 ${unit} ${period} 的目标` };
  return { asked, field: asked.locate(undefined).file === targetsFile ? 'value' : '数值' };
}

/** `指标 03 康养联合体数` */
export const nameOf = ({ code, defined }: DefinedIndicator): string => `指标 ${code} ${defined.name}`;
