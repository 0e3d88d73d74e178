import type { Command } from 'commander';
import { decidedCommands } from '../../src/cli/decided.commands.js';
import { commandLine } from '../../src/cli/program.js';
import { commandBlock } from './commands.js';
import { blocksOf, markdownFiles, proseLines } from './markdown.js';

/** The words behind the program's name in a command; undefined where it is not called. */
function wordsOf(command: string): string[] | undefined {
  const call = /(?:^|\s)(npx tongjian|tongjian|node bundle\/cli\.js|npm start --)(\s[^#|&;]*)/.exec(command);
  if (!call) return undefined;
  const words = call[2]!.match(/'[^']*'|[^\s\\]+/g) ?? [];
  return call[1] === 'npm start --' ? ['start', ...words] : words;
}

/** Why the program would not know what to do; undefined where it would. */
function misuse(words: readonly string[]): string | undefined {
  const program = commandLine((code) => {
    throw new Error(`exit ${code}`);
  }, decidedCommands);
  const { operands, unknown } = program.parseOptions([...words]);
  const [name, ...given] = operands;
  if (name === undefined) return unknown.length > 0 ? `there is no option ${unknown[0]}` : undefined;
  if (name === 'help') return misuse(given.filter((word) => !word.startsWith('<')));
  return misuseOf(program, [name, ...given, ...unknown]);
}

function misuseOf(group: Command, [name, ...given]: readonly string[]): string | undefined {
  const command = group.commands.find((each) => each.name() === name);
  if (!command) return `there is no command ${name}`;
  // A group alone is written of as such.
  if (command.commands.length > 0) return given.length === 0 ? undefined : misuseOf(command, given);
  const [wrong] = command.parseOptions([...given]).unknown;
  return wrong === undefined ? undefined : `${name} has no option ${wrong}`;
}

const written = markdownFiles().flatMap((path) => [
  ...blocksOf(path).flatMap((block) => commandBlock(block)?.commands ?? []),
  ...proseLines(path).flatMap((line, index) =>
    [...line.matchAll(/`([^`]+)`/g)].map(([, text]) => ({ at: `${path}:${index + 1}`, text: text! })),
  ),
]);
const calls = written.flatMap(({ at, text }) => {
  // What the shell puts in is some word.
  const words = wordsOf(text.replaceAll(/\$\([^()]*\)/g, 'word'));
  return words === undefined ? [] : [[`${at} ${words.join(' ')}`, words] as const];
});

it('calls of the program are found, in blocks and in the text', () => {
  expect(calls.map(([call]) => call)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^docs\/operations\.md:\d+ copy --from sqlite:\S+ --to esdb:/),
      expect.stringMatching(/^docs\/operations\.md:\d+ doctor$/),
    ]),
  );
});

it.each([
  ['npx tongjian state', 'there is no command state'],
  ['npx tongjian --jason status', 'there is no option --jason'],
  ['npx tongjian --json export --format csv --fro 1', 'export has no option --fro'],
  ['docker compose exec projector node bundle/cli.js status --all', 'status has no option --all'],
  ['npm start -- --no-demos', 'start has no option --no-demos'],
  ['tongjian help shows', 'there is no command shows'],
  ['npx tongjian target rise 02', 'there is no command rise'],
  ['npx tongjian target revise 02 --becuase x', 'revise has no option --becuase'],
])('%s is told to be wrong', (call, why) => expect(misuse(wordsOf(call)!)).toBe(why));

it.each(calls)('%s is what the program knows', (_, words) => expect(misuse(words)).toBeUndefined());
