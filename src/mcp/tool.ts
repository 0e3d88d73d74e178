import * as z from 'zod';
import type { Asking } from './asking.js';

/** One tool: what it is called with, what it answers, and how it finds the answer. All tools only read. */
export interface Tool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  answer(asked: z.infer<Input>, asking: Asking): Promise<z.infer<Output>>;
}

/** Infers the types of one tool, which its holder does not need: it passes on what the tool's own schema has checked. */
export const tool = <Input extends z.ZodObject, Output extends z.ZodObject>(own: Tool<Input, Output>): Tool => own;

const text = (description: string) => z.string().max(300).describe(description);

/** What tools are called with. */
export const plan = text('规划代码，见 list_plans / plan code, see list_plans');
export const unit = text('单位代码；不填即整个规划 / unit code; the plan as a whole if omitted').optional();
export const period = text('期间，如 2022、2022-Q1 / period, such as 2022').optional();
export const moment = {
  as_of: text(
    '按该日掌握的数据；不填即今日 / by what was known on that day; today if omitted; for example 2023-06-30',
  ).optional(),
  at_position: text('按该系统记录序号为止的日志 / by the log up to this position').optional(),
};

/** A part of a list: from which entry on, and at most how many. */
export const part = (usual: number, most: number) => ({
  offset: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(0)
    .describe('自第几条起，首条为 0；续取用答复中的 next / from which entry on; pass `next` of an answer to go on'),
  limit: z.int().min(1).max(most).default(usual).describe(`至多几条 / at most so many entries`),
});

export const optionalText = text;

/** What of a list goes into an answer, and where to go on. */
export function partOf<Item>(
  list: readonly Item[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly part: Item[]; readonly total: number; readonly next?: number } {
  const end = offset + limit;
  return { part: list.slice(offset, end), total: list.length, ...(end < list.length && { next: end }) };
}

/** How a list was cut. */
export const partFields = {
  total: z.number().describe('共几条 / entries in all'),
  next: z.number().optional().describe('还有：以此为 offset 续取 / there are more: pass as `offset`'),
};

export const address = {
  page: z.string(),
  api: z.string(),
};

const momentOutput = z.object({
  knownUntil: z.string().optional().describe('掌握到何时为止 / known until'),
  position: z.string().describe('日志到哪一序号为止 / by the log up to this position'),
});

/** 示例数据, and of when the answer is. */
export const marked = {
  demo: z.boolean().describe('true：含示例数据，引用须注明 / contains demonstration data: say so wherever it is used'),
  mark: z.literal('示例数据').optional(),
  moment: momentOutput,
};

export const head = {
  plan: z.string(),
  title: z.string(),
  ...marked,
  address: z.object(address),
  eventAddress: z
    .object(address)
    .optional()
    .describe('一个事件的地址，{position} 代以其序号 / address of an event: put in its position'),
};
