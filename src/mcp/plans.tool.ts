import * as z from 'zod';
import { PlansController } from '../plans/plans.controller.js';
import { Addresses } from './addresses.js';
import { markOf } from './asking.js';
import { address, marked, part, partFields, partOf, tool } from './tool.js';

const planEntry = z.object({
  plan: z.string(),
  title: z.string(),
  territory: z.string(),
  startYear: z.number(),
  endYear: z.number(),
  baseline: z.string(),
  midterm: z.string().optional(),
  demo: marked.demo,
  mark: marked.mark,
  ...address,
});

export const listPlans = tool({
  name: 'list_plans',
  title: '规划清单 / List plans',
  description:
    '列出可查看的规划：代码、名称、地区、起止年份。先用本工具得到规划代码。/ Lists the plans that you may read, with their codes. Start here.',
  input: z.strictObject(part(50, 100)),
  output: z.object({ ...marked, plans: z.array(planEntry), ...partFields }),

  async answer(asked, asking) {
    const position = await asking.sources.feed.head();
    const found = await asking.ask(PlansController, 'list', { path: '/api/plans' });
    const { part: listed, ...cut } = partOf(found, asked);
    const plans = await Promise.all(
      listed.map(async ({ plan, title, territory, startYear, endYear, baseline, midterm, demo }) => {
        const at = new Addresses(plan, {});
        return {
          ...{ plan, title, territory, startYear, endYear, baseline, ...(midterm !== undefined && { midterm }) },
          ...markOf(demo || (await asking.hasDemo(plan))),
          ...{ page: at.page(''), api: at.api('') },
        };
      }),
    );
    return { ...markOf(plans.some(({ demo }) => demo)), moment: { position }, plans, ...cut };
  },
});
