import * as z from 'zod';
import { OverviewController } from '../overview/overview.controller.js';
import type { HistoryPoint } from '../overview/indicator-history.js';
import type { PlanThen } from './asking.js';
import { together, type Basis } from './origins.js';
import { basis, defined, number, numberOf, requirement, withBasis } from './numbers.js';
import { address, head, moment, optionalText, part, partFields, partOf, period, plan, tool, unit } from './tool.js';

const version = z.object({
  knownAt: z.string().describe('自此时起为此数 / the value from this time on'),
  shown: z.string().optional().describe('无：自此时起没有数值 / absent: there was no value from then on'),
  ...basis,
});

const point = z.object({
  period: z.string(),
  value: number,
  target: z.object({ shown: z.string(), ...basis }).optional(),
  required: requirement.optional(),
  status: z.string(),
  versions: z.array(version).describe('由早到晚，首个为首报 / oldest first, the first is what was reported first'),
  ...address,
});

export const indicatorHistory = tool({
  name: 'indicator_history',
  title: '指标历年数值 / Indicator history',
  description:
    '一项指标在一个单位的各期数值：历次版本（首报、更正、撤回）各自何时起掌握、由哪个事件带来，以及目标与序时要求。/ The values of an indicator at a unit in all periods, each with its versions, the events that brought them, target and required value.',
  input: z.strictObject({
    plan,
    indicator: optionalText('指标代码，见 overview / indicator code, such as 02'),
    unit,
    period: period.describe('只要这一期 / this period only'),
    ...moment,
    ...part(20, 60),
  }),
  output: z.object({
    ...head,
    indicator: z.string(),
    name: z.string(),
    unit: z.string(),
    unitOfMeasure: z.string(),
    decimals: z.number(),
    points: z.array(point),
    ...partFields,
  }),

  async answer(asked, asking) {
    const then = await asking.open(asked.plan, asked);
    const { at, query } = then;
    const history = await asking.ask(OverviewController, 'history', {
      path: at.api(`indicators/${asked.indicator}/history`),
      params: { plan: asked.plan, code: asked.indicator },
      query: { ...query, unit: asked.unit },
    });
    const { code, name, unit: of, unitOfMeasure, decimals } = history;
    const wanted = history.points.filter((each) => asked.period === undefined || each.period === asked.period);
    const { part: listed, ...cut } = partOf(wanted, asked);
    const ofBase = await then.origins.ofFigure({ code, unit: of, period: history.points[0]!.period });
    const ofTargets = await then.origins.ofTargets(code, history.targets);
    return {
      ...then.head(at.indicator(code, of), history.demo),
      ...{ indicator: code, name, unit: of, unitOfMeasure, decimals },
      points: await Promise.all(
        listed.map((each) =>
          pointOf(then, each, {
            ...{ code, unit: of, required: together(ofBase, ofTargets) },
            targets: history.targets.filter((target) => target.period === each.period),
          }),
        ),
      ),
      ...cut,
    };
  },
});

interface OfIndicator {
  readonly code: string;
  readonly unit: string;
  readonly targets: readonly { readonly eventId: string }[];
  /** On what the path rests. */
  readonly required: Basis;
}

async function pointOf({ at, origins }: PlanThen, point: HistoryPoint, own: OfIndicator) {
  const { period: on, value, target, required, range, status, changes } = point;
  const figure = { code: own.code, unit: own.unit, period: on };
  const broughtAt = await origins.ofChanges(figure);
  const isRequired = required !== undefined || range !== undefined;
  return {
    ...{ period: on, value: numberOf(value, on, await origins.ofFigure(figure)), status },
    ...(target !== undefined && {
      target: withBasis({ shown: target }, await origins.ofTargets(own.code, own.targets)),
    }),
    ...(isRequired && { required: withBasis(defined({ shown: required, range }), own.required) }),
    versions: await Promise.all(
      changes.map(async ({ knownAt, shown }) => {
        const { events, eventsInAll } = await broughtAt(knownAt);
        return { ...defined({ knownAt, shown }), events: [...events], eventsInAll };
      }),
    ),
    ...at.indicator(own.code, own.unit, on),
  };
}
