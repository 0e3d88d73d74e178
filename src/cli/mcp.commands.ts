import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Command } from 'commander';
import { ApiProblem } from './connection.js';
import { problemText } from './problem-lines.js';
import { withConnection, type Session } from './session.js';

/** JSON-RPC: an error of the server's own. */
const serverError = -32_000;

/** The command by which an assistant on this machine reaches the server's tools. */
export function mcpCommands(program: Command): void {
  program
    .command('mcp')
    .description('智能助手的只读工具（Model Context Protocol）：由标准输入输出转到服务器的 /api/mcp；由助手启动')
    .action(withConnection(forwarded));
}

/** Passes messages on, and answers back, until the input ends. Standard output has nothing else. */
async function forwarded({ api }: Session): Promise<void> {
  const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
  const transport = new StdioServerTransport();
  const answering = new Set<Promise<void>>();
  const answer = async (message: JSONRPCMessage) => {
    try {
      const answered = await api.message(message);
      if (answered) await transport.send(answered as JSONRPCMessage);
    } catch (error) {
      // Who asked nothing is told nothing.
      if (!('id' in message) || !('method' in message)) return console.error(told(error));
      const { id } = message;
      await transport.send({ jsonrpc: '2.0', id, error: { code: serverError, message: told(error) } });
    }
  };
  transport.onmessage = (message) => {
    const work = answer(message).finally(() => answering.delete(work));
    answering.add(work);
  };
  transport.onerror = (error) => console.error(`错误：${error.message}`);
  const ended = new Promise<void>((resolve) => process.stdin.once('end', resolve));
  await transport.start();
  await ended;
  await Promise.all(answering);
  await transport.close();
}

const told = (error: unknown): string => {
  if (error instanceof ApiProblem) return problemText(error.problem);
  return error instanceof Error ? error.message : String(error);
};
