import { Instrumenter } from '@stryker-mutator/instrumenter';
import { readFileSync } from 'node:fs';

const noLog = () => undefined;
const logger = {
  isDebugEnabled: () => false,
  ...{ trace: noLog, debug: noLog, info: noLog, warn: noLog, error: noLog, fatal: noLog },
};

/** Words for people are not what unit specs promise: a mutant that changes only Chinese text is left out. */
const isWording = ({ mutatorName, original }) => mutatorName === 'StringLiteral' && /\p{Script=Han}/u.test(original);

/**
 * The file with all its mutants, each behind a switch (`__stryker__.activeMutant`), and the list of them. Lines are counted
 * from 1.
 */
export async function mutantsOf(file) {
  const source = readFileSync(file, 'utf8');
  const options = { ignorers: [], excludedMutations: [], plugins: null };
  const { files, mutants } = await new Instrumenter(logger).instrument(
    [{ name: file, mutate: true, content: source }],
    options,
  );
  const lines = source.split('\n');
  return {
    code: files[0].content,
    mutants: mutants
      .map(({ id, mutatorName, replacement, location: { start, end } }) => ({
        ...{ id, mutatorName, replacement },
        original: textBetween(lines, start, end),
        line: start.line + 1,
      }))
      .filter((mutant) => !isWording(mutant)),
  };
}

function textBetween(lines, start, end) {
  const text = lines.slice(start.line, end.line + 1);
  text[text.length - 1] = text.at(-1).slice(0, end.column);
  text[0] = text[0].slice(start.column);
  return text.join('\n');
}
