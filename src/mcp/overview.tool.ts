import * as z from 'zod';
import type { IndexValueDigest } from '../digests/index-digest.js';
import type { IndicatorDigest } from '../digests/indicator-digest.js';
import { DigestsController } from '../digests/digests.controller.js';
import type { OverviewSummary, ProgrammeCounts } from '../digests/summary.js';
import type { UnitIndicator } from '../digests/unit-indicators.js';
import { basePeriodOf } from '../overview/period-values.js';
import type { Address } from './addresses.js';
import type { PlanThen } from './asking.js';
import { basis, defined, number, numberOf, requirement, withBasis } from './numbers.js';
import { together } from './origins.js';
import { address, head, moment, part, partFields, partOf, period, plan, tool, unit } from './tool.js';

const index = {
  value: z.string().optional(),
  coverage: z.string().describe('覆盖率（%），须与指数一并说明 / always to be told with the index'),
  vetoed: z.array(z.string()).describe('一票否决的约束性指标 / red binding indicators'),
  restsOn: z.array(z.string()).describe('所依据的指标代码，其事件见 indicators / codes of the indicators it rests on'),
  ...address,
};

const indicator = z.object({
  code: z.string(),
  name: z.string(),
  area: z.string().optional(),
  attribute: z.string(),
  unitOfMeasure: z.string(),
  base: number,
  value: number,
  required: requirement,
  targets: z.array(
    z.object({
      period: z.string(),
      shown: z.string().optional(),
      rule: z.string().optional(),
      original: z.string().optional(),
      ...basis,
    }),
  ),
  path: z
    .array(z.object({ period: z.string(), required: z.string().optional() }))
    .describe('各年的序时要求，依据同 required / required in each year, resting on the same as `required`'),
  status: z.string(),
  light: z.string(),
  outlook: z.string().optional(),
  lead: z.string().optional().describe('超前（负为滞后），百分点 / ahead of the path, in points'),
  score: z.string().optional(),
  ...address,
});

const counted = z.object({
  of: z.string(),
  label: z.string(),
  counts: z.record(z.string(), z.union([z.number(), z.string()])),
  ...address,
});

export const overview = tool({
  name: 'overview',
  title: '总览 / Overview',
  description:
    '规划某期间、按某日掌握的数据的执行情况：指数、各领域指数、各指标的基期值、数值、序时要求、目标与判断，项目政策等计数。/ The state of a plan in a period as it was known at a moment: index, areas, indicators with base, value, path, targets and status, counts.',
  input: z.strictObject({ plan, unit, period, ...moment, ...part(20, 50) }),
  output: z.object({
    ...head,
    period: z.string(),
    unit: z.object({ code: z.string(), name: z.string() }),
    index: z.object(index),
    areas: z.array(z.object({ area: z.string(), name: z.string(), ...index })),
    lights: z.object({ ...lightFields(), ...address }),
    indicators: z.array(indicator),
    ...partFields,
    programme: z.array(counted),
  }),

  async answer(asked, asking) {
    const then = await asking.open(asked.plan, asked);
    const { at, query } = then;
    const question = { ...query, unit: asked.unit, period: asked.period };
    const route = (name: string) => ({ path: at.api(name), params: { plan: asked.plan }, query: question });
    const summary = await asking.ask(DigestsController, 'summary', route('overview/summary'));
    const cells = await asking.ask(DigestsController, 'indicators', route('overview/indicators'));
    const shown = { unit: summary.unit.code, period: summary.period };
    const here = at.reading('', 'overview/summary', shown);
    const { part: listed, ...cut } = partOf(summary.indicators, asked);
    const indicators = await Promise.all(
      listed.map((digest) =>
        indicatorOf(
          then,
          digest,
          cells.indicators.find(({ code }) => code === digest.code)!,
        ),
      ),
    );
    const ofArea = (area: string) => summary.indicators.filter((each) => each.area === area).map(({ code }) => code);
    return {
      ...then.head(here, summary.demo),
      ...{ period: summary.period, unit: { code: summary.unit.code, name: summary.unit.name } },
      index: indexOf(summary.index, summary.index.scored, here),
      areas: summary.areas.map((area) => ({
        ...{ area: area.area, name: area.name },
        ...indexOf(area, ofArea(area.area), at.reading('indicators', 'overview/indicators', shown)),
      })),
      lights: lightsOf(summary, here),
      indicators,
      ...cut,
      programme: programmeOf(then, summary),
    };
  },
});

function lightFields() {
  const count = z.number();
  return { total: count, green: count, yellow: count, red: count, grey: count };
}

const lightsOf = ({ lights: { total, green, yellow, red, grey } }: OverviewSummary, at: Address) => ({
  ...{ total, green, yellow, red, grey },
  ...at,
});

const indexOf = ({ value, coverage, vetoed }: IndexValueDigest, restsOn: readonly string[], at: Address) => ({
  ...defined({ value, coverage, vetoed: [...vetoed], restsOn: [...restsOn] }),
  ...at,
});

async function indicatorOf(
  { at, origins, document }: PlanThen,
  digest: IndicatorDigest,
  { cell: { base, value, targets } }: UnitIndicator,
) {
  const { code, name, area, attribute, unitOfMeasure, unit: of, path, assessment, frequency } = digest;
  const { status, light, outlook, lead, score, requiredNow, range } = assessment;
  const here = at.indicator(code, of, digest.period);
  const baseline = basePeriodOf(document, frequency);
  const basisOn = (on: string) => origins.ofFigure({ code, unit: of, period: on });
  const ofBase = await basisOn(baseline);
  return {
    ...defined({ code, name, area, attribute, unitOfMeasure, status, light, outlook, lead, score }),
    base: numberOf(base, baseline, ofBase),
    value: numberOf(value, digest.period, await basisOn(digest.period)),
    // The path goes from the base to the targets.
    required: withBasis(
      defined({ shown: requiredNow, range: range && { lower: range.lower, upper: range.upper } }),
      together(ofBase, await origins.ofTargets(code, targets)),
    ),
    targets: await Promise.all(
      digest.targets.map(async ({ period: due, shown, rule, original }) => {
        const own = targets.filter((target) => target.period === due);
        return withBasis(defined({ period: due, shown, rule, original }), await origins.ofTargets(code, own));
      }),
    ),
    path: path.map(({ period: year, required }) => defined({ period: year, required })),
    ...here,
  };
}

/** Where each count of the programme is shown and listed. */
const programmeParts = [
  ['promises', '规划任务目标', 'promises', ({ promises }: ProgrammeCounts) => promises],
  ['projects', '项目', 'projects', ({ projects }: ProgrammeCounts) => projects.whole],
  ['policies', '政策', 'policies', ({ policies }: ProgrammeCounts) => policies],
  ['tasks', '任务', 'tasks', ({ tasks }: ProgrammeCounts) => tasks],
  ['findings', '问题', 'findings', ({ findings }: ProgrammeCounts) => findings],
  ['checks', '核查', 'findings', ({ checks }: ProgrammeCounts) => checks],
] as const;

const programmeOf = ({ at }: PlanThen, { programme, period: on }: OverviewSummary) =>
  programmeParts.map(([of, label, page, countsOf]) => ({
    ...{ of, label, counts: { ...countsOf(programme) } },
    ...at.reading(page, `overview/${of}`, { period: on }),
  }));
