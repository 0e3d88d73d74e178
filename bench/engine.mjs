import { fileURLToPath } from 'node:url';

// The engine under measurement: the compiled one, as it is shipped. TONGJIAN_DIST names another build to compare with.
const dist = process.env.TONGJIAN_DIST
  ? new URL(`file://${process.env.TONGJIAN_DIST}/`)
  : new URL('../dist/', import.meta.url);

/** A module of the build, by its path in `src/` without extension. */
export const built = (path) => import(new URL(`${path}.js`, dist));

/** The program as people start it, with its libraries in a few files. */
export const cli = fileURLToPath(
  process.env.TONGJIAN_DIST ? new URL('cli.js', dist) : new URL('../bundle/cli.js', import.meta.url),
);
