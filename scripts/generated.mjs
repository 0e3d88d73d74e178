import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const isCode = (path) => path.endsWith('.ts') && !path.endsWith('.spec.ts');
const code = () => readdirSync('src', { recursive: true }).filter(isCode).sort();
const settings = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', fileURLToPath(import.meta.url)];

/**
 * Lets `make` say what the files in generated/ hold, by their names, and writes them; does nothing if they, the script,
 * `src/` and the packages are what they were the last time. `also` are further files that it reads.
 */
export async function generate({ script, files, also = [] }, make) {
  const paths = files.map((name) => join('generated', name));
  const stamp = join('generated', `${basename(script, '.mjs')}.sha256`);
  const state = () => {
    const hash = createHash('sha256');
    const read = [fileURLToPath(script), ...settings, ...also, ...code().map((path) => join('src', path)), ...paths];
    for (const path of read)
      hash
        .update(`${basename(path)}\0`)
        .update(readFileSync(path))
        .update('\0');
    return hash.digest('hex');
  };

  if ([stamp, ...paths].every((path) => existsSync(path)) && readFileSync(stamp, 'utf8') === state()) return;
  const contents = await make();
  mkdirSync('generated', { recursive: true });
  for (const [index, path] of paths.entries()) writeFileSync(path, contents[files[index]]);
  writeFileSync(stamp, state());
}
