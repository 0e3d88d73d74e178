import { fileURLToPath } from 'node:url';

// The compiled engine to be measured. TONGJIAN_DIST can name another build for comparison.
const dist = process.env.TONGJIAN_DIST
  ? new URL(`file://${process.env.TONGJIAN_DIST}/`)
  : new URL('../dist/', import.meta.url);

/** Imports a module of the build by its path in `src/`, without extension. */
export const built = (path) => import(new URL(`${path}.js`, dist));

/** The bundled program, as it is shipped. */
export const cli = fileURLToPath(
  process.env.TONGJIAN_DIST ? new URL('cli.js', dist) : new URL('../bundle/cli.js', import.meta.url),
);
