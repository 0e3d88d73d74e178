import * as z from 'zod';
import { ComparisonController } from '../evaluations/comparison.controller.js';
import type { Difference } from '../evaluations/difference.js';
import type { PlanThen } from './asking.js';
import { entry, entryOf } from './entries.js';
import { defined } from './numbers.js';
import { address, head, optionalText, part, partFields, partOf, period, plan, tool } from './tool.js';

/** So many events of a difference are told. */
const mostCauses = 5;

const sideForm =
  '日期（2023-06-30）、快照（midterm-2022/1，见 list_snapshots）、@系统记录序号（@120）或 now / a day, a snapshot, @position, or now';

const side = z.object({
  asked: z.string(),
  side: z.string().describe('所比较的一方；now 记作 @序号 / the side compared; now is written as @position'),
  label: z.string(),
  period: z.string(),
});

const difference = z.object({
  aspect: z.string(),
  indicator: z.string().optional(),
  unit: z.string().optional(),
  subject: z.string().optional(),
  name: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  because: z.array(entry).describe('其间的事件，由早到晚，至多 5 个 / the events between, oldest first, at most 5'),
  becauseInAll: z.number(),
  ...address,
});

export const compare = tool({
  name: 'compare',
  title: '比较 / Compare',
  description:
    '比较一个规划的两个时点或两份快照：数值、目标、判断、指数、规则等何处不同，各由哪些事件、何人、因何而来。/ Compares two moments or snapshots of a plan: what differs, and which events, people and reasons explain it.',
  input: z.strictObject({
    plan,
    left: optionalText(`左：${sideForm}`),
    right: optionalText(`右：${sideForm}`).default('now'),
    period,
    indicator: optionalText('只要该指标的 / of this indicator only').optional(),
    unit: optionalText('只要该单位的 / of this unit only').optional(),
    aspect: optionalText('只要这一方面的，如 value、status、index / of this aspect only').optional(),
    ...part(20, 100),
  }),
  output: z.object({ ...head, left: side, right: side, differences: z.array(difference), ...partFields }),

  async answer(asked, asking) {
    const then = await asking.open(asked.plan, {});
    const { at, query } = then;
    // What is now is another state later.
    const fixed = (name: string) => (name === 'now' ? `@${query.atPosition}` : name);
    const [left, right] = [fixed(asked.left), fixed(asked.right)];
    const sides = { left, right, period: asked.period };
    const found = await asking.ask(ComparisonController, 'comparison', {
      path: at.api('comparison'),
      params: { plan: asked.plan },
      query: sides,
    });
    const here = { page: at.page('compare', sides), api: at.api('comparison', sides) };
    const wanted = found.differences.filter((each) =>
      (['indicator', 'unit', 'aspect'] as const).every((key) => asked[key] === undefined || asked[key] === each[key]),
    );
    const { part: listed, ...cut } = partOf(wanted, asked);
    return {
      ...then.head(
        here,
        listed.some(({ because }) => because.some(({ demo }) => demo)),
      ),
      left: { asked: asked.left, side: left, ...found.left },
      right: { asked: asked.right, side: right, ...found.right },
      differences: listed.map((each) => ({ ...differenceOf(each, then), ...here })),
      ...cut,
    };
  },
});

const differenceOf = ({ aspect, indicator, unit, subject, name, from, to, because }: Difference, then: PlanThen) => ({
  ...defined({ aspect, indicator, unit, subject, name, from, to }),
  because: because.slice(0, mostCauses).map((found) => entryOf(found, then)),
  becauseInAll: because.length,
});
