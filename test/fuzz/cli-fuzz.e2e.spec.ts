import { mkdirSync } from 'node:fs';
import { decidedCommands } from '../../src/cli/decided.commands.js';
import { commandLine } from '../../src/cli/program.js';
import { leavesOf, type Leaf } from '../support/leaf-commands.js';
import { Chance } from '../support/chance.js';
import { programmeFolder, programmeWarnings } from '../support/programme-folder.js';
import { serve, type TestServer } from '../support/server.js';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.js';
import { oddTexts } from './nonsense.js';

const seed = Number(process.env.SEED ?? 20261125);
const runs = Number(process.env.RUNS ?? 1_200);

/**
 * Odd texts that can be passed as an argument. Texts with a slash are left out, so that files are only written in the
 * current folder.
 */
const oddArguments = oddTexts.filter(
  (text) => text.isWellFormed() && !text.includes('\0') && !/[/\\]|^\.+$/.test(text),
);
const plausibleArguments = [
  'small',
  '03',
  'L1',
  '331100',
  '331102',
  '2022',
  '2023-06-30',
  '7',
  'midterm',
  'E1/1',
  'now',
  'P01',
  'R01',
  'start',
];

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

class Exit extends Error {
  constructor(readonly code: number) {
    super(`exit ${code}`);
  }
}

/** Runs the command line in this process, which is a hundred times faster than in a new process. */
async function run(args: readonly string[]): Promise<Ended> {
  const streams = { out: process.stdout, err: process.stderr };
  const written = { out: '', err: '' };
  const writes = { out: streams.out.write, err: streams.err.write };
  const { log, error } = console;
  for (const name of ['out', 'err'] as const) {
    streams[name].write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      written[name] += String(chunk);
      const done = rest.at(-1);
      if (typeof done === 'function') (done as () => void)();
      return true;
    };
  }
  console.log = (text: unknown) => void (written.out += `${String(text)}\n`);
  console.error = (text: unknown) => void (written.err += `${String(text)}\n`);
  process.exitCode = undefined;
  try {
    const program = commandLine((code) => {
      throw new Exit(code);
    }, decidedCommands);
    await program.parseAsync([...args], { from: 'user' });
    return { code: Number(process.exitCode ?? 0), ...written };
  } catch (thrown) {
    if (thrown instanceof Exit) return { code: thrown.code, ...written };
    throw new Error(`${JSON.stringify(args)} threw ${String(thrown)}`, { cause: thrown });
  } finally {
    Object.assign(streams.out, { write: writes.out });
    Object.assign(streams.err, { write: writes.err });
    Object.assign(console, { log, error });
    process.exitCode = undefined;
  }
}

/** Random arguments and options for a command, odd or plausible. */
function argsFor({ name, command }: Leaf, chance: Chance): string[] {
  const word = () => chance.of(chance.oneIn(2) ? oddArguments : plausibleArguments);
  const operands = command.registeredArguments.map(word);
  if (chance.oneIn(6)) operands.pop();
  // A command without arguments can hardly be refused for anything else.
  if (chance.oneIn(operands.length === 0 ? 3 : 8)) operands.push(word());
  const options = command.options.flatMap(({ long, required }) => {
    if (!chance.oneIn(3)) return [];
    return [long!, ...(required && !chance.oneIn(8) ? [word()] : [])];
  });
  return [
    ...(chance.oneIn(5) ? ['--json'] : []),
    ...name.split(' '),
    ...operands,
    ...options,
    ...(chance.oneIn(12) ? [`--${word()}`] : []),
  ];
}

describe(`every command of the command line with odd arguments (SEED=${seed}, RUNS=${runs})`, () => {
  const started = process.cwd();
  let folder: TemporaryFolder;
  let server: TestServer;

  beforeAll(async () => {
    folder = await temporaryFolder();
    server = await serve(folder.path('data'));
    await server.engine.submissions.submit(programmeFolder(), undefined, programmeWarnings);
    await server.engine.caughtUp();
    mkdirSync(folder.path('here'));
    process.chdir(folder.path('here'));
    // Each run adds listeners, which a separate process would not keep.
    for (const emitter of [process, process.stdout]) emitter.setMaxListeners(0);
  });
  afterAll(async () => {
    process.chdir(started);
    await server.close();
    await folder.remove();
  });

  it('ends with a documented exit code and a one-line message', async () => {
    const chance = new Chance(seed);
    const program = commandLine((code) => {
      throw new Exit(code);
    }, decidedCommands);
    // It reads until standard input ends, which is that of the test here: test/e2e/mcp.e2e.spec.ts starts it.
    const commands = leavesOf(program).filter(({ name }) => name !== 'mcp');
    const failures: string[] = [];
    const exitCodes = new Map<string, Set<number>>(commands.map(({ name }) => [name, new Set()]));
    for (let at = 0; at < runs; at++) {
      const leaf = commands[at % commands.length]!;
      const args = ['--data', folder.path('data'), ...argsFor(leaf, chance)];
      const ended = await run(args);
      exitCodes.get(leaf.name)!.add(ended.code);
      const problem = problemWith(ended, args.includes('--json'));
      if (problem)
        failures.push(`${problem}: ${JSON.stringify(args).slice(0, 400)} → ${ended.code} ${ended.err.slice(0, 600)}`);
    }
    expect(failures).toEqual([]);
    expect([...exitCodes].filter(([, codes]) => [...codes].every((code) => code === 0))).toEqual([]);
    expect([...exitCodes.values()].flatMap((codes) => [...codes])).toEqual(expect.arrayContaining([0, 1, 2, 4]));
  }, 600_000);

  it('reports an output file that cannot be written', async () => {
    const { code, err } = await run(['--data', folder.path('data'), 'export', '--out', folder.path()]);
    expect([code, err]).toEqual([2, expect.stringMatching(/^错误：不能写入 .*EISDIR.*\n$/)]);
  });

  it('removes control characters from messages that quote input', async () => {
    const { code, err } = await run(['--data', folder.path('data'), 'history', '\u001b[2J\n\u0007']);
    expect([code, err]).toEqual([1, expect.stringMatching(/^错误（indicator\.unknown）：[^\p{Cc}]+\n$/u)]);
  });
});

/** How a run violates docs/cli.md; undefined if it does not. */
function problemWith({ code, out, err }: Ended, json: boolean): string | undefined {
  if (/^\s+at \S+ \(|\.[jt]s:\d+:\d+|node_modules/m.test(out + err)) return 'a stack trace';
  if (![0, 1, 2, 3, 4].includes(code)) return 'an undocumented exit code';
  if (code === 0) return undefined;
  // With code 3 the result is printed to standard output.
  if (code === 3) return out === '' ? 'no message' : undefined;
  const [first = '', ...rest] = err.trimEnd().split('\n');
  if (first === '') return 'no message';
  if (json && code === 1 && isProblem(err)) return undefined;
  if (!/^(错误|error: )/.test(first)) return 'no error message in the first line';
  // Further lines may only name wrong fields or rows, or the help command.
  return rest.every((line) => /^( {2}|（用|\(Did you mean|错误)/.test(line)) ? undefined : 'more than one line';
}

function isProblem(text: string): boolean {
  try {
    return typeof (JSON.parse(text) as { code?: unknown }).code === 'string';
  } catch {
    return false;
  }
}
