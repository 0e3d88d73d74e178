import type { Problem } from '../kernel/errors.js';
import { grouped } from '../kernel/grouped.js';

/** A report with more than this is shortened where many of its problems are alike. */
const readable = 50;
/** How many problems of one kind are told in full, tried one after the other until the report is readable. */
const inFull = [Infinity, 20, 10, 5, 3, 1];

/**
 * The problems of a folder as people read them: in the order of the files and rows; the same message for several rows of a
 * file once; and of many problems of one kind in one column the first ones, with the rows of the others.
 */
export function summarised(problems: readonly Problem[], orderOf: (file: string) => number): readonly Problem[] {
  const sorted = problems.toSorted(
    (a, b) => orderOf(a.file ?? '') - orderOf(b.file ?? '') || (a.row ?? 0) - (b.row ?? 0),
  );
  const distinct = alike(sorted, ({ file, code, field, message }) => [file, code, field, message]).map(together);
  const kinds = alike(distinct, ({ problem: { file, code, field } }) => [file, code, field]);
  const reports = inFull.map((most) => kinds.flatMap((kind) => shortened(kind, most)));
  const report = reports.find(({ length }) => length <= readable) ?? reports.at(-1)!;
  return inOrder(report, sorted);
}

/** One message, and the rows that it is said of. */
interface Said {
  readonly problem: Problem;
  readonly rows: readonly number[];
}

function together(same: readonly Problem[]): Said {
  const [problem] = same as [Problem];
  const rows = [...new Set(same.flatMap(({ row }) => row ?? []))];
  if (rows.length < 2) return { problem, rows };
  const first = rows.slice(0, 3).join('、');
  const message =
    rows.length > 3
      ? `${problem.message}；第 ${first} 行等 ${rows.length} 行都是如此`
      : `${problem.message}；第 ${first} 行都是如此`;
  return { problem: { ...problem, message }, rows };
}

function shortened(kind: readonly Said[], most: number): readonly Said[] {
  // One that stands for only one other is no shorter.
  if (kind.length <= most + 1) return kind;
  const others = kind.slice(most);
  const rows = others.flatMap((said) => said.rows).sort((a, b) => a - b);
  const [{ problem }] = others as [Said];
  const place = rows.length > 0 ? `：第 ${spans(rows)} 行` : '';
  const message = `同类错误另有 ${Math.max(rows.length, others.length)} 处${place}`;
  return [...kind.slice(0, most), { problem: { ...problem, message }, rows }];
}

const longest = 20;

/** `3、5–9、12`. */
function spans(rows: readonly number[]): string {
  const made: [number, number][] = [];
  for (const row of rows) {
    const last = made.at(-1);
    if (last && row <= last[1] + 1) last[1] = row;
    else made.push([row, row]);
  }
  const words = made.slice(0, longest).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return words.join('、') + (made.length > longest ? '…' : '');
}

/** In groups of those whose keys have the same members. */
const alike = <Item>(items: readonly Item[], keyOf: (item: Item) => readonly unknown[]): Item[][] => [
  ...grouped(items, (item) => JSON.stringify(keyOf(item))).values(),
];

/** Grouping put together what stands apart in the file. */
function inOrder(report: readonly Said[], sorted: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(sorted.map(({ file }) => file))];
  return report
    .map(({ problem }) => problem)
    .toSorted((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || (a.row ?? 0) - (b.row ?? 0));
}
