import { fileURLToPath } from 'node:url';

/** The path of a file of this program's package. From `src`, `dist` and `bundle` alike: each lies right below its root. */
export const packageFile = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
