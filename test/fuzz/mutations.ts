import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Chance } from '../support/chance.js';
import { gb18030, utf16 } from '../support/encoded.js';

export type Files = Readonly<Record<string, string | Uint8Array>>;
type Texts = Readonly<Record<string, string>>;

/** One mistake in a folder, and where it is. */
export interface Mutation {
  readonly what: string;
  readonly files: Files;
  readonly file: string;
  /** The line of the file that was changed, if it was one line. */
  readonly row?: number;
  /** What was at the place, or is there now: a message elsewhere may name it. */
  readonly words: readonly string[];
  /** The same content in another encoding: it is loaded as it was, or refused. */
  readonly sameText?: boolean;
}

/** A mistake of a kind that people make, at a place that chance chooses. */
export function mutated(texts: Texts, chance: Chance): Mutation {
  const tables = Object.keys(texts).filter((name) => name.endsWith('.csv'));
  const documents = Object.keys(texts).filter((name) => name.endsWith('.yaml'));
  const csv = chance.of(tables);
  const yaml = chance.of(documents);
  switch (chance.below(10)) {
    case 0:
    case 1:
    case 2:
      return cellChanged(texts, csv, chance);
    case 3:
      return rowChanged(texts, csv, chance);
    case 4:
      return columnChanged(texts, csv, chance);
    case 5:
    case 6:
    case 7:
      return lineChanged(texts, yaml, chance);
    case 8:
      return fileChanged(texts, chance.of([...tables, ...documents]), chance);
    default:
      return encodingChanged(texts, chance.of([...tables, ...documents]), chance);
  }
}

const records = (text: string): string[][] => parse(text, { relax_column_count: true });

const withFile = (texts: Texts, file: string, text: string): Texts => ({ ...texts, [file]: text });

/** What becomes of a value at a slip of the hand, of the unit of measure, or of a copy. */
function slip(value: string, others: readonly string[], chance: Chance): string {
  const number = /^-?\d+(\.\d+)?$/.test(value);
  const slips: (() => string)[] = [
    () => '',
    () => chance.of(others),
    () => `${value}${value}`,
    () => value.slice(1),
    () => ` ${value} `,
    ...(number
      ? [() => `${value}0`, () => `${value}000`, () => `-${value}`, () => `${value}.5`, () => reversed(value)]
      : [() => `${value}x`, () => value.toUpperCase(), () => value.replace(/\d/, '9')]),
  ];
  return chance.of(slips)();
}

const reversed = (value: string) => [...value].reverse().join('');

function cellChanged(texts: Texts, file: string, chance: Chance): Mutation {
  const rows = records(texts[file]!);
  const at = 1 + chance.below(rows.length - 1);
  const column = chance.below(rows[0]!.length);
  const before = rows[at]![column]!;
  const column0 = rows.slice(1).map((row) => row[column]!);
  const after = slip(before, column0, chance);
  rows[at]![column] = after;
  return {
    what: `${rows[0]![column]} in row ${at + 1} of ${file}: ${JSON.stringify(before)} becomes ${JSON.stringify(after)}`,
    files: withFile(texts, file, stringify(rows)),
    ...{ file, row: at + 1, words: [before, after, rows[at]![0]!] },
  };
}

function rowChanged(texts: Texts, file: string, chance: Chance): Mutation {
  const rows = records(texts[file]!);
  const at = 1 + chance.below(rows.length - 1);
  const row = rows[at]!;
  const how = chance.of(['dropped', 'doubled', 'cut']);
  if (how === 'dropped') rows.splice(at, 1);
  else if (how === 'doubled') rows.splice(at, 0, row);
  else rows[at] = row.slice(0, -1);
  return {
    what: `row ${at + 1} of ${file} ${how}: ${row.slice(0, 4).join(',')}`,
    files: withFile(texts, file, stringify(rows)),
    // Nothing is where a row was dropped; who misses it names it.
    ...{ file, words: row.filter((cell) => cell.length > 1), ...(how !== 'dropped' && { row: at + 1 }) },
  };
}

function columnChanged(texts: Texts, file: string, chance: Chance): Mutation {
  const rows = records(texts[file]!);
  const at = chance.below(rows[0]!.length);
  const name = rows[0]![at]!;
  const how = chance.of(['dropped', 'doubled', 'renamed', 'swapped with the next']);
  const changed = rows.map((row, index) => {
    const cells = [...row];
    if (how === 'dropped') cells.splice(at, 1);
    else if (how === 'doubled') cells.splice(at, 0, cells[at]!);
    else if (how === 'renamed' && index === 0) cells[at] = `${name}2`;
    // The header stays: the cells below are in the wrong columns.
    else if (how === 'swapped with the next' && index > 0) cells.splice(at, 2, ...cells.slice(at, at + 2).reverse());
    return cells;
  });
  return {
    what: `column ${name} of ${file} ${how}`,
    files: withFile(texts, file, stringify(changed)),
    ...{ file, words: [name, file] },
  };
}

function lineChanged(texts: Texts, file: string, chance: Chance): Mutation {
  const lines = texts[file]!.split('\n');
  const eligible = lines.flatMap((line, at) => (/\w+: /.test(line) && !line.trimStart().startsWith('#') ? [at] : []));
  const at = chance.of(eligible);
  const line = lines[at]!;
  const how = chance.of(['dropped', 'doubled', 'renamed', 'tab', 'value', 'value', 'value']);
  const [, key = '', value = ''] = /(\w+): (.*)$/.exec(line)!;
  const others = eligible.flatMap((other) => new RegExp(`\\b${key}: (.*)$`).exec(lines[other]!)?.[1] ?? []);
  if (how === 'dropped') lines.splice(at, 1);
  else if (how === 'doubled') lines.splice(at, 0, line);
  else if (how === 'renamed') lines[at] = line.replace(`${key}:`, `${key}s:`);
  else if (how === 'tab') lines[at] = `\t${line}`;
  else lines[at] = `${line.slice(0, line.length - value.length)}${yamlSlip(value, others, chance)}`;
  return {
    what: `line ${at + 1} of ${file} ${how}: ${line.trim().slice(0, 60)} → ${(lines[at] ?? '').trim().slice(0, 60)}`,
    files: withFile(texts, file, lines.join('\n')),
    ...{ file, row: at + 1, words: [...line.matchAll(/[\w%\u4e00-\u9fff-]{2,}/gu)].map(([word]) => word) },
  };
}

/** As `slip`, and within quotes where the value has them. */
function yamlSlip(value: string, others: readonly string[], chance: Chance): string {
  const quoted = /^'(.*)'$/.exec(value);
  return quoted
    ? `'${slip(
        quoted[1]!,
        others.map((other) => other.replaceAll("'", '')),
        chance,
      )}'`
    : slip(value, others, chance);
}

function fileChanged(texts: Texts, file: string, chance: Chance): Mutation {
  const { [file]: text = '', ...rest } = texts;
  const how = chance.of(['dropped', 'emptied', 'renamed', 'doubled', 'cut']);
  const copy = file.replace('.', '-copy.');
  const files: Readonly<Record<typeof how, Texts>> = {
    dropped: rest,
    emptied: { ...rest, [file]: '' },
    renamed: { ...rest, [copy]: text },
    doubled: { ...texts, [copy]: text },
    cut: { ...rest, [file]: text.slice(0, Math.floor(text.length / 2)) },
  };
  return { what: `${file} ${how}`, files: files[how]!, file, words: [file, copy, 'plan.yaml'] };
}

function encodingChanged(texts: Texts, file: string, chance: Chance): Mutation {
  const text = texts[file]!;
  const how = chance.of(['GB18030', 'UTF-16 LE', 'UTF-16 BE', 'UTF-16 without mark', 'UTF-8 with mark', 'cut inside']);
  const bytes: Readonly<Record<string, () => Uint8Array>> = {
    GB18030: () => gb18030(text),
    'UTF-16 LE': () => utf16(text, 'LE'),
    'UTF-16 BE': () => utf16(text, 'BE'),
    'UTF-16 without mark': () => utf16(text, 'LE', false),
    'UTF-8 with mark': () => Buffer.from(`\uFEFF${text}`),
    'cut inside': () => Buffer.concat([Buffer.from(text), Buffer.from('丽').subarray(0, 2), Buffer.from('\n')]),
  };
  return {
    what: `${file} in ${how}`,
    files: { ...texts, [file]: bytes[how]!() },
    ...{ file, words: [file], sameText: true },
  };
}
