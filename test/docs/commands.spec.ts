import { agrees, commandBlock } from './commands.js';
import { blocksOf, markdownFiles, type Block } from './markdown.js';

const block = (info: string, ...lines: string[]): Block => ({ path: 'page.md', line: 1, info, lines });

describe('the pages', () => {
  const blocks = markdownFiles()
    .flatMap(blocksOf)
    .map(commandBlock)
    .filter((found) => found !== undefined);

  it('have commands that are run', () => {
    const run = blocks.filter(({ notRun }) => notRun === undefined).map(({ at }) => at.split(':')[0]);
    expect(run).toEqual(expect.arrayContaining(['README.md', 'docs/cli.md', 'docs/plan-folder.md']));
  });

  it.each(blocks.filter(({ notRun }) => notRun !== undefined).map(({ at, notRun }) => [at, notRun!] as const))(
    '%s says why it is not run: %s',
    (_, why) => expect(why).toMatch(/^\p{L}+ \p{L}+/u),
  );
});

describe('a block', () => {
  it('gives its commands, each with what is shown behind it', () => {
    expect(commandBlock(block('console', '$ one', 'first', '', '$ two \\', '    -x', '…', '$ three'))).toEqual({
      at: 'page.md:1',
      notRun: undefined,
      commands: [
        { at: 'page.md:2', text: 'one', shown: 'first' },
        { at: 'page.md:5', text: 'two \\\n    -x', shown: '…' },
        { at: 'page.md:8', text: 'three', shown: '' },
      ],
    });
    expect(commandBlock(block('sh', 'one \\', '  -x', '# about two', 'two'))?.commands).toEqual([
      { at: 'page.md:2', text: 'one \\\n  -x' },
      { at: 'page.md:5', text: 'two' },
    ]);
  });

  it('is not run where it says why', () => {
    expect(commandBlock(block('sh not-run="needs Docker"', 'docker compose up'))?.notRun).toBe('needs Docker');
    expect(commandBlock(block('console not-run=""', '$ one'))?.notRun).toBe('');
    expect(commandBlock(block('json', '{ "reason": "$ is no prompt here" }'))).toBeUndefined();
  });

  it.each([
    ['a mark that cannot be read', block('console not-run=Docker', '$ one')],
    ['a mark of another kind', block('sh norun="needs Docker"', 'one')],
    ['commands under another name', block('bash', 'npx tongjian status')],
    ['commands under no name', block('', '$ npx tongjian status', 'fine')],
    ['output of no command', block('console', 'fine')],
    ['nothing', block('sh', '')],
  ])('with %s is refused', (_, refused) => expect(() => commandBlock(refused)).toThrow(/^page\.md:\d/));
});

describe('what is shown', () => {
  const printed = 'head 1\n│ 55.2 │  17:30 │ 97.51 │\n│ b │\n│ b │\nfoot 2';

  it.each([
    ['all of it', printed],
    ['lines left out', 'head 1\n…\nfoot 2'],
    ['the beginning', 'head 1\n…'],
    ['the end', '…\n│ b │\nfoot 2'],
    ['a run of lines that begins more than once', 'head 1\n…\n│ b │\nfoot 2'],
    ['text left out, whatever its width', 'head 1\n│ 55.2 │     … │ 97.51 │\n│ … │\n│ b │\nfoot …'],
  ])('agrees: %s', (_, shown) => expect(agrees(shown, printed)).toBe(true));

  it.each([
    ['another digit', 'head 1\n│ 55.2 │ … │ 97.52 │\n…'],
    ['another digit at the end', '…\nfoot 3'],
    ['a line too few', 'head 1\n…\n│ b │'],
    ['a line too many', 'head 1\n…\n│ b │\n│ b │\n│ b │\nfoot 2'],
    ['lines in another order', 'head 1\n…\nfoot 2\n…\n│ b │'],
    ['nothing', ''],
    ['`…` for no line', 'head 1\n…\n│ 55.2 │  17:30 │ 97.51 │\n…'],
    ['`…` for no text', 'he…ad 1\n…'],
    ['text that overlaps', 'head … head 1\n…'],
    ['a space less', 'head 1\n│ 55.2 │ 17:30 │ 97.51 │\n…'],
  ])('does not agree: %s', (_, shown) => expect(agrees(shown, printed)).toBe(false));
});
