import { transformFile } from '@swc/core';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Compiles TypeScript folders of the repository into `target`, so that a test can run them in a plain Node process. */
export async function compileInto(target: string, folders: readonly string[]): Promise<void> {
  const files = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(root, folder), { recursive: true })).map((name) => join(folder, name)),
    ),
  );
  const sources = files.flat().filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
  await mkdir(target, { recursive: true });
  await writeFile(join(target, 'package.json'), '{ "type": "module" }');
  await symlink(join(root, 'node_modules'), join(target, 'node_modules'));
  await Promise.all(
    sources.map(async (source) => {
      const { code } = await transformFile(join(root, source), {
        swcrc: false,
        jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } },
        module: { type: 'es6' },
      });
      const path = join(target, source.replace(/\.ts$/, '.js'));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, code);
    }),
  );
}
