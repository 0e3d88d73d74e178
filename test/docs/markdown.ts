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

/** The lines that are text: code between fences is left out, so that line numbers stay. */
export function proseLines(path: string): string[] {
  let fence: string | undefined;
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => {
      const [mark] = /^ *(`{3,}|~{3,})/.exec(line)?.slice(1) ?? [];
      if (fence !== undefined) {
        if (mark?.startsWith(fence)) fence = undefined;
        return '';
      }
      fence = mark;
      return mark === undefined ? line : '';
    });
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
