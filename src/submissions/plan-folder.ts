import { parse as parseCsv } from 'csv-parse/sync';
import { LineCounter, parseDocument, type Document } from 'yaml';
import type { Actor } from '../kernel/event.js';
import { DomainError, type Problem } from '../kernel/errors.js';
import { canonicalJson, plain, sha256 } from '../kernel/json.js';
import { checkedInput, type Command } from '../slice/command.js';
import type { CommandClass, Sender } from '../slice/slice.js';

/** A folder's files by name, as text. */
export type FolderFiles = Readonly<Record<string, string>>;

/** Where in the folder something stands. Rows are 1-based lines of the file. */
export interface Place {
  readonly file: string;
  readonly row?: number;
}

/** A command out of a folder, ready to be decided, and where it came from. */
export interface PlacedCommand {
  readonly command: Command;
  readonly sender: Sender;
  readonly place: Place;
}

/** Collects every mistake of a folder instead of stopping at the first. */
export class Mistakes {
  readonly problems: Problem[] = [];

  add(place: Place, code: string, message: string, field?: string): void {
    this.problems.push({ code, message, field, ...place });
  }

  /** Runs `work`; what it refuses is noted at the place. */
  note<T>(place: Place | ((field: string | undefined) => Place), work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.addError(place, error);
      return undefined;
    }
  }

  addError(place: Place | ((field: string | undefined) => Place), error: unknown): void {
    if (!(error instanceof DomainError)) throw error;
    for (const problem of error.problems) {
      this.problems.push({ ...problem, ...(typeof place === 'function' ? place(problem.field) : place) });
    }
  }
}

/** A command from a folder has its content for its id: the same row again is the same command. */
export function placed<C extends Command>(
  type: CommandClass<C>,
  input: object,
  actor: Actor,
  place: Place,
): PlacedCommand {
  const command = checkedInput(type, plain(input));
  const commandId = `load-${sha256(canonicalJson([command.type, plain(command), actor])).slice(0, 32)}`;
  return { command, sender: { commandId, actor }, place };
}

/** A YAML file whose mistakes can name their line. */
export class YamlFile {
  private readonly lines = new LineCounter();
  private readonly document: Document;
  readonly content: unknown;

  constructor(
    readonly file: string,
    text: string,
    mistakes: Mistakes,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines, uniqueKeys: true });
    for (const error of this.document.errors) {
      mistakes.add(
        { file, row: error.linePos?.[0].line },
        'folder.yaml',
        `YAML 格式有误：${error.message.split('\n')[0]}`,
      );
    }
    this.content = this.document.errors.length > 0 ? undefined : this.document.toJS({ maxAliasCount: 100 });
  }

  /** The line of the deepest part of the path that is there. */
  place(...path: readonly (string | number)[]): Place {
    for (let length = path.length; length > 0; length--) {
      const node = this.document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
      if (node?.range) return { file: this.file, row: this.lines.linePos(node.range[0]).line };
    }
    return { file: this.file, row: 1 };
  }
}

/** The columns of a CSV file: those it must have, and those that may be left out. */
export interface Columns {
  readonly needed: readonly string[];
  readonly optional?: readonly string[];
}

/** The rows of a CSV file by header, with their lines; a header that is missing, twice there, or not known, is a mistake. */
export function csvRows(
  file: string,
  text: string,
  { needed, optional = [] }: Columns,
  mistakes: Mistakes,
): { row: number; cells: Record<string, string> }[] {
  let records: { record: string[]; info: { lines: number } }[];
  try {
    const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true } as const;
    // The library's types do not know what `info` does to its result.
    records = parseCsv(text, options) as unknown as typeof records;
  } catch (error) {
    mistakes.add({ file }, 'folder.csv', `CSV 格式有误：${(error as Error).message}`);
    return [];
  }
  const [head, ...body] = records;
  if (!head) {
    mistakes.add({ file, row: 1 }, 'folder.csv-empty', '文件为空：第一行须为表头');
    return [];
  }
  const known = [...needed, ...optional];
  const wrong = (name: string, message: string) => mistakes.add({ file, row: 1 }, 'folder.csv-header', message, name);
  for (const name of needed) if (!head.record.includes(name)) wrong(name, `缺少列“${name}”`);
  for (const [at, name] of head.record.entries()) {
    if (!known.includes(name)) wrong(name, `没有名为“${name}”的列：可用 ${known.join('、')}`);
    else if (head.record.indexOf(name) < at) wrong(name, `列“${name}”重复`);
  }
  return body.flatMap(({ record, info }) => {
    if (record.length !== head.record.length) {
      mistakes.add(
        { file, row: info.lines },
        'folder.csv-columns',
        `本行有 ${record.length} 列，表头有 ${head.record.length} 列`,
      );
      return [];
    }
    return [{ row: info.lines, cells: Object.fromEntries(head.record.map((name, at) => [name, record[at]!])) }];
  });
}

/** A cell's text, or undefined where it is empty. */
export const filled = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
