import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

type Environment = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The built program, as a person runs it. `npm test` builds it first. */
export function program(data: string, words: readonly string[], env: Environment = {}): ChildProcess {
  return spawn(process.execPath, ['bundle/cli.js', '--data', data, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  });
}

/** Runs one command of the command line to its end. */
export function tongjian(data: string, ...words: string[]): Promise<Ended> {
  return tongjianIn({}, data, ...words);
}

/** The same, with settings of the environment. */
export async function tongjianIn(env: Environment, data: string, ...words: string[]): Promise<Ended> {
  const child = program(data, words, env);
  let out = '';
  let err = '';
  child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** Starts the server and waits until it says where it answers. */
export function startProgram(data: string, ...words: string[]): Promise<{ child: ChildProcess; url: string }> {
  return startProgramIn({}, data, ...words);
}

/** The same, with settings of the environment. */
export async function startProgramIn(
  env: Environment,
  data: string,
  ...words: string[]
): Promise<{ child: ChildProcess; url: string }> {
  const child = program(data, ['start', '--port', '0', ...words], env);
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
