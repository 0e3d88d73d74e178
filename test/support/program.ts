import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { operatorKey } from './operator.js';

type Environment = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts the built program (bundle/cli.js, see `npm run build`) with the given arguments. */
export function program(data: string, args: readonly string[], env: Environment = {}): ChildProcess {
  return spawn(process.execPath, ['bundle/cli.js', '--data', data, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', TONGJIAN_OPERATOR_KEY: operatorKey, ...env },
  });
}

/** Runs one command and waits for its end. */
export function tongjian(data: string, ...args: string[]): Promise<Ended> {
  return tongjianIn({}, data, ...args);
}

/** Like `tongjian`, with environment variables. */
export async function tongjianIn(env: Environment, data: string, ...args: string[]): Promise<Ended> {
  const child = program(data, args, env);
  let out = '';
  let err = '';
  child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** Starts the server, waits until it is ready, and returns its URL. */
export function startProgram(data: string, ...args: string[]): Promise<{ child: ChildProcess; url: string }> {
  return startProgramIn({}, data, ...args);
}

/** Like `startProgram`, with environment variables. */
export async function startProgramIn(
  env: Environment,
  data: string,
  ...args: string[]
): Promise<{ child: ChildProcess; url: string }> {
  const child = program(data, ['start', '--port', '0', ...args], env);
  let err = '';
  child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()));
  for await (const line of createInterface({ input: child.stdout! })) {
    const url = /^已就绪：(http:\S+)/.exec(line)?.[1];
    if (url) {
      child.stdout!.resume();
      return { child, url };
    }
  }
  throw new Error(`the server ended before it was ready: ${err}`);
}
