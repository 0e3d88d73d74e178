import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { Logger } from '@nestjs/common';
import * as z from 'zod';
import { problemOf } from '../http/problem.filter.js';
import { DomainError, invalid } from '../kernel/errors.js';
import { Asking, type Sources } from './asking.js';
import { changes } from './changes.tool.js';
import { compare } from './compare.tool.js';
import { indicatorHistory } from './indicator-history.tool.js';
import { overview } from './overview.tool.js';
import { listPlans } from './plans.tool.js';
import type { Exchange } from './route-calls.js';
import { listSnapshots, verifySnapshot } from './snapshots.tools.js';
import type { Tool } from './tool.js';

const tools: readonly Tool[] = [listPlans, overview, indicatorHistory, changes, compare, listSnapshots, verifySnapshot];

/** Characters of JSON that an answer has at most. */
const largestAnswer = 200_000;

const instructions =
  '通鉴记录一个规划的全部数据及其更正，每个数都带时点、所依据的事件和地址。引用任何数时，请一并写出其时点和网页地址；标有“示例数据”的须注明。先用 list_plans。/ ' +
  'Tongjian keeps the figures of a plan with all their corrections. Every number comes with its moment, the events it rests on and an address: cite moment and address with each number that you use, and say so where an answer is marked 示例数据. Start with list_plans. All tools only read.';

const logger = new Logger('mcp');

// What is wrong with an argument is said in Chinese.
z.config(z.locales.zhCN());

/** Answers one message of the Model Context Protocol. Nothing is kept from one message to the next. */
export async function answerMessage(sources: Sources, exchange: Exchange): Promise<Response> {
  const server = new McpServer({ name: 'tongjian', title: '通鉴 Tongjian', version: '1' }, { instructions });
  const asking = new Asking(sources, exchange);
  for (const own of tools) {
    const { name, title, description, input, output } = own;
    const annotations = {
      title,
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    };
    server.registerTool(
      name,
      { title, description, inputSchema: input, outputSchema: output, annotations },
      (asked: z.infer<typeof input>) => resultOf(own, asked, asking),
    );
  }
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  try {
    const { method, headers } = exchange.request;
    // Without a body, too: the parser has read it.
    const parsedBody: unknown = exchange.request.body ?? null;
    const shown = new Headers();
    for (const name of ['accept', 'content-type', 'mcp-protocol-version', 'mcp-session-id']) {
      const value = headers[name];
      if (typeof value === 'string') shown.set(name, value);
    }
    const request = new Request('http://localhost/api/mcp', { method, headers: shown });
    return await transport.handleRequest(request, { parsedBody });
  } finally {
    await server.close();
  }
}

/** What a tool answers, or why it does not: a refusal is the one of the HTTP API, and has no data. */
async function resultOf(own: Tool, asked: Record<string, unknown>, asking: Asking): Promise<CallToolResult> {
  try {
    const answer = await own.answer(asked, asking);
    const text = JSON.stringify(answer);
    if (text.length > largestAnswer) throw tooLarge(text.length);
    return { structuredContent: answer, content: [{ type: 'text', text }] };
  } catch (error) {
    const { status, code, detail, problems } = problemOf(error);
    if (status >= 500 && !(error instanceof DomainError)) logger.error(`${own.name}: ${stackOf(error)}`);
    return { isError: true, content: [{ type: 'text', text: JSON.stringify({ code, detail, problems }) }] };
  }
}

const tooLarge = (length: number) =>
  invalid(
    'mcp.answer-too-large',
    `答复有 ${length} 个字符，超过 ${largestAnswer} 个的上限：请减小 limit，或限定单位、指标、期间`,
    'limit',
  );

const stackOf = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error));
