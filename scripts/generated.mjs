import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const isCode = (path) => path.endsWith('.ts') && !path.endsWith('.spec.ts');

/** The program's code, for what is made from it. */
export const code = () => [
  'tsconfig.json',
  'tsconfig.build.json',
  ...readdirSync('src', { recursive: true })
    .filter(isCode)
    .sort()
    .map((path) => join('src', path)),
];

/**
 * Writes a file in generated/ with what `make` answers; does nothing if the file, what it is made from, the script and
 * the packages are what they were the last time.
 */
export async function generate({ file, from, script }, make) {
  const path = join('generated', file);
  const stamp = `${path}.sha256`;
  const state = () => {
    const hash = createHash('sha256');
    for (const read of [path, fileURLToPath(script), fileURLToPath(import.meta.url), 'package-lock.json', ...from]) {
      hash
        .update(`${basename(read)}\0`)
        .update(readFileSync(read))
        .update('\0');
    }
    return hash.digest('hex');
  };

  if (existsSync(path) && existsSync(stamp) && readFileSync(stamp, 'utf8') === state()) return;
  const content = await make();
  mkdirSync('generated', { recursive: true });
  writeFileSync(path, content);
  writeFileSync(stamp, state());
}
