import * as z from 'zod';
import { AuditController } from '../audit/audit.controller.js';
import { entry, entryOf } from './entries.js';
import { head, moment, optionalText, period, plan, tool } from './tool.js';

const day = (text: string) => optionalText(`${text} / a day, such as 2023-08-31`).optional();

export const changes = tool({
  name: 'changes',
  title: '何人改了什么 / Who changed what',
  description:
    '查审计轨迹：按单位、指标、期间、动作、经办人、文字、录入日与掌握日的范围，可并用；至少给出一项。须有“查阅审计记录”的权限。/ Searches the audit trail by unit, indicator, period, action, person, text, and ranges of both times; at least one of them. Needs the right to read the audit trail.',
  input: z.strictObject({
    plan,
    unit: optionalText('单位代码 / unit code').optional(),
    indicator: optionalText('指标代码 / indicator code').optional(),
    period,
    action: optionalText('动作：事件类型或其中文名称，如 更正 / event type or its Chinese name').optional(),
    corrections_only: z
      .boolean()
      .optional()
      .describe('只列更正、退回、撤回、修改、调整 / corrections, returns, withdrawals and amendments only'),
    person: optionalText('经办人编号；登录者也可用姓名 / id of a person').optional(),
    text: optionalText('事由、依据或内容中的文字 / text in the reason, the evidence or the content').optional(),
    recorded_from: day('录入日自'),
    recorded_to: day('录入日至（含）'),
    known_from: day('掌握日自'),
    known_to: day('掌握日至（含）'),
    sort: z
      .enum(['recorded', '-recorded', 'known', '-known'])
      .default('-recorded')
      .describe('按录入或掌握的时间；前有减号的由近及远 / by which time; with a minus the latest first'),
    ...moment,
    cursor: z.string().max(300).optional().describe('上一页答复中的 next / `next` of the page before'),
    limit: z.int().min(1).max(100).default(20).describe('至多几条 / at most so many entries'),
  }),
  output: z.object({
    ...head,
    entries: z.array(entry),
    next: z.string().optional().describe('还有：以此为 cursor 续取 / there may be more: pass as `cursor`'),
  }),

  async answer(asked, asking) {
    const then = await asking.open(asked.plan, asked);
    const { at, query } = then;
    const { unit, indicator, action, person, text, sort } = asked;
    const filters = {
      ...{ unit, indicator, period: asked.period, action, person, q: text, sort },
      ...(asked.corrections_only && { corrections: 'true' }),
      ...{ recordedFrom: asked.recorded_from, recordedTo: asked.recorded_to },
      ...{ knownFrom: asked.known_from, knownTo: asked.known_to },
    };
    const page = await asking.ask(AuditController, 'page', {
      path: at.api('audit'),
      params: { plan: asked.plan },
      query: { ...query, ...filters, cursor: asked.cursor, limit: String(asked.limit) },
    });
    if (typeof page !== 'object') throw new Error('the audit trail was asked for as JSON');
    // The page calls an indicator and an action by other names.
    const { indicator: code, action: kind, ...same } = filters;
    const here = { page: at.page('audit', { ...same, code, kind }), api: at.api('audit', { ...query, ...filters }) };
    return {
      ...then.head(
        here,
        page.entries.some(({ demo }) => demo),
      ),
      entries: page.entries.map((found) => entryOf(found, then)),
      ...(page.next !== undefined && { next: page.next }),
    };
  },
});
