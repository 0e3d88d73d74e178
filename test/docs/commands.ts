import type { Block } from './markdown.js';

/** A command of a page; `shown` is the output that the page shows, undefined where it shows none (`sh`). */
export interface Command {
  readonly at: string;
  readonly text: string;
  readonly shown?: string;
}

export interface CommandBlock {
  readonly at: string;
  /** Why it is not run; undefined where it is. */
  readonly notRun?: string;
  readonly commands: readonly Command[];
}

const looksLikeCommand = /^\s*(?:\$|npx|npm|node|curl|docker|tongjian)\s/;

/** What a block has to run; undefined where it has no commands. An info string that cannot be read is refused. */
export function commandBlock(block: Block): CommandBlock | undefined {
  const at = `${block.path}:${block.line}`;
  const [, language, notRun] = /^(console|sh)(?: not-run="([^"]*)")?$/.exec(block.info) ?? [];
  if (language !== undefined) {
    const commands = language === 'console' ? withOutput(block) : withoutOutput(block);
    if (commands.length === 0) throw new Error(`${at} has no command`);
    return { at, notRun, commands };
  }
  const command = block.lines.find((line) => looksLikeCommand.test(line));
  if (/^(console|sh)\b/.test(block.info) || command !== undefined) {
    throw new Error(
      `${at} has commands, so its fence has to say console or sh, with nothing but not-run="why" behind it`,
    );
  }
  return undefined;
}

/** Each `$ ` begins a command; what follows up to the next is its output. */
function withOutput({ path, line, lines }: Block): Command[] {
  const commands: { at: string; text: string; output: string[] }[] = [];
  for (const [index, text] of lines.entries()) {
    const current = commands.at(-1);
    const at = `${path}:${line + 1 + index}`;
    if (text.startsWith('$ ')) commands.push({ at, text: text.slice(2), output: [] });
    else if (current === undefined) throw new Error(`${at} shows output before any command`);
    else if (current.output.length === 0 && current.text.endsWith('\\')) current.text += `\n${text}`;
    else current.output.push(text);
  }
  return commands.map(({ at, text, output }) => ({ at, text, shown: output.join('\n').trimEnd() }));
}

/** Each line is a command, and goes on behind a backslash. */
function withoutOutput({ path, line, lines }: Block): Command[] {
  const commands: { at: string; text: string }[] = [];
  for (const [index, text] of lines.entries()) {
    const current = commands.at(-1);
    if (current?.text.endsWith('\\')) current.text += `\n${text}`;
    else if (text.trim() !== '' && !text.startsWith('#')) commands.push({ at: `${path}:${line + 1 + index}`, text });
  }
  return commands;
}

const elided = '…';

/** Whether a page shows what was printed: `…` alone in a line stands for lines, `…` in a line for text. */
export function agrees(shown: string, printed: string): boolean {
  const runs = splitAt(shown.split('\n'), (line) => line.trim() === elided);
  const lines = printed.split('\n');
  return inOrder(runs, lines.length, (run, from) =>
    run.every((line, index) => from + index < lines.length && lineAgrees(line, lines[from + index]!)),
  );
}

function lineAgrees(shown: string, printed: string): boolean {
  const parts = shown.split(new RegExp(` *${elided} *`));
  return inOrder(parts, printed.length, (part, from) => printed.startsWith(part, from));
}

/**
 * Whether the pieces stand one after another in something of that length: the first at its beginning, the last at its
 * end, and between any two something left out. The first place that fits is taken: a later one leaves no more room.
 */
function inOrder<Piece extends { length: number }>(
  pieces: readonly Piece[],
  length: number,
  standsAt: (piece: Piece, from: number) => boolean,
): boolean {
  const [first, ...rest] = pieces as readonly [Piece, ...Piece[]];
  const last = rest.pop();
  if (!standsAt(first, 0)) return false;
  if (last === undefined) return first.length === length;
  let end = first.length;
  for (const piece of rest) {
    let from = end + 1;
    while (from + piece.length <= length && !standsAt(piece, from)) from++;
    end = from + piece.length;
  }
  return end + 1 + last.length <= length && standsAt(last, length - last.length);
}

function splitAt<Item>(items: readonly Item[], isGap: (item: Item) => boolean): Item[][] {
  const runs: Item[][] = [[]];
  for (const item of items) {
    if (isGap(item)) runs.push([]);
    else runs.at(-1)!.push(item);
  }
  return runs;
}
