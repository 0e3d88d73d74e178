import { strToU8, zipSync } from 'fflate';

/** The first moment that a ZIP archive can state; fflate writes it as the local clock shows it. */
const time = new Date(1980, 0, 1);

/** The files as a ZIP archive, in the given order: the same files make the same bytes, whenever and wherever. */
export const zipped = (files: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), {
      mtime: time,
      os: 0,
      level: 9,
    }),
  );
