import { createInterface } from 'node:readline/promises';
import { ApiProblem } from './connection.js';
import { oneLine, problemLines } from './problem-lines.js';

/** `--accept-warnings` without a value, with the ids or codes of warnings, or not at all. */
export type AcceptOption = string | boolean | undefined;

/** Where a person sits: asked only if both are a terminal. */
export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/** The ids and codes that the option names. */
export const namedIn = (option: AcceptOption): readonly string[] =>
  typeof option === 'string'
    ? option
        .split(',')
        .map((each) => each.trim())
        .filter(Boolean)
    : [];

/**
 * Loads, and where warnings stand in the way loads again with those that were accepted: by the option, or by the person
 * at the terminal who has read them.
 * @throws {ApiProblem} `submission.warnings`, where they were not
 */
export async function acceptingWarnings<Result>(
  option: AcceptOption,
  terminal: Terminal | undefined,
  load: (accepted: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const named = namedIn(option);
  try {
    return await load(named);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.problem.code !== 'submission.warnings') throw error;
    const { problems, detail } = error.problem;
    const accepts =
      option === true || (option === undefined && terminal && (await accepted(terminal, detail, problems)));
    if (!accepts) throw error;
    return load([...named, ...problems.flatMap(({ id }) => id ?? [])]);
  }
}

async function accepted(
  { input, output }: Terminal,
  detail: string,
  problems: Parameters<typeof problemLines>[0],
): Promise<boolean> {
  output.write([`警告：${oneLine(detail)}`, ...problemLines(problems), ''].join('\n'));
  const asking = createInterface({ input, output });
  try {
    return /^(y|yes|是)$/i.test((await asking.question('以上各项核对无误，仍要装载吗？(y/N) ')).trim());
  } finally {
    asking.close();
  }
}
