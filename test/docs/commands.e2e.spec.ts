import { startCommandRunner, type CommandRunner } from './command-runner.js';
import { agrees, commandBlock } from './commands.js';
import { blocksOf, markdownFiles } from './markdown.js';

/** In the order in which they stand: a command may rest on those before it, also on another page. */
const commands = markdownFiles()
  .sort()
  .flatMap(blocksOf)
  .map(commandBlock)
  .flatMap((block) => (block === undefined || block.notRun !== undefined ? [] : block.commands));

describe('the pages show what is printed', () => {
  let runner: CommandRunner;
  beforeAll(async () => {
    runner = await startCommandRunner();
  });
  afterAll(() => runner.stop());

  it.each(commands.map((command) => [`${command.at} ${command.text.split('\n')[0]}`, command] as const))(
    '%s',
    async (_, { text, shown }) => {
      // Any other is not for the machine of whoever runs the tests: its block has to say not-run.
      expect(text).toMatch(/^(npx tongjian|curl) /);
      const { code, printed } = await runner.run(text);
      if (shown === undefined) expect({ code, printed }).toEqual({ code: 0, printed });
      else expect(agrees(shown, printed) ? shown : printed).toBe(shown);
    },
  );
});
