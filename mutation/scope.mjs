import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** What is measured without arguments: decisions, assessment, comparison, folding and handling. */
const scope = [
  /^src\/.*\.decider\.ts$/,
  /^src\/figures\/breakdown\.ts$/,
  /^src\/indicators\/targets\.ts$/,
  /^src\/plans\/(unit-changes|units-in-time)\.ts$/,
  /^src\/assessment\/(?!words)[^/]+\.ts$/,
  /^src\/evaluations\/(causes|cell-differences|comparison|index-change|index-move)\.ts$/,
  /^src\/kernel\/(command-ids|folding|handling|projector|rebuild|repeated-appends)\.ts$/,
  /^src\/event-log\/append-request\.ts$/,
];

const files = () =>
  readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.spec|\.d)\.ts$/.test(entry.name))
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)))
    .sort();

/** The files of the scope, or those that the arguments name: files, or folders with all that is in them. */
export function filesToMutate(names) {
  if (names.length === 0) return scope.flatMap((pattern) => files().filter((file) => pattern.test(file)));
  const wanted = names.map((name) => relative(root, resolve(name)));
  const found = files().filter((file) => wanted.some((name) => file === name || file.startsWith(`${name}/`)));
  if (found.length === 0) throw new Error(`no such file in src/: ${names.join(', ')}`);
  return found;
}
