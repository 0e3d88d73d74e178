import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this program's `package.json`, a parent of `src/`, `dist/` and `bundle/`. */
const root = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();

/** The absolute path of a file of this program's package, given relative to the package's root. */
export const packageFile = (path: string): string => join(root, path);
