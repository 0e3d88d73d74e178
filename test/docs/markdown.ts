import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const notOurs = ['node_modules', 'dist', 'bundle', 'data', 'coverage', '.git'];

/** Every Markdown file of the repository, as paths from its root. */
export function markdownFiles(folder = '.'): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return notOurs.includes(entry.name) ? [] : markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** A fenced block: where its fence opens, what stands behind the fence, and its lines. */
export interface Block {
  readonly path: string;
  readonly line: number;
  readonly info: string;
  readonly lines: readonly string[];
}

export function blocksOf(path: string): Block[] {
  const blocks: Block[] = [];
  let open: { mark: string; indent: string; lines: string[] } | undefined;
  for (const [index, text] of readFileSync(path, 'utf8').split('\n').entries()) {
    const [, indent = '', mark, info = ''] = /^( *)(`{3,}|~{3,}) *([^`]*?) *$/.exec(text) ?? [];
    if (open === undefined) {
      if (mark === undefined) continue;
      open = { mark, indent, lines: [] };
      blocks.push({ path, line: index + 1, info, lines: open.lines });
    } else if (mark?.startsWith(open.mark) && info === '') {
      open = undefined;
    } else {
      open.lines.push(text.startsWith(open.indent) ? text.slice(open.indent.length) : text.trimStart());
    }
  }
  return blocks;
}

/** The lines that are text: fenced blocks are left out, so that line numbers stay. */
export function proseLines(path: string): string[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  for (const block of blocksOf(path)) lines.fill('', block.line - 1, block.line + block.lines.length + 1);
  return lines;
}

/** The anchors of a page's headings, made as GitHub makes them. */
export function anchorsOf(path: string): Set<string> {
  const anchors = new Set<string>();
  for (const line of proseLines(path)) {
    const heading = /^#{1,6} +(.*?) *#*$/.exec(line)?.[1];
    if (heading === undefined) continue;
    const slug = heading
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let again = 1; anchors.has(anchor); again++) anchor = `${slug}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}
