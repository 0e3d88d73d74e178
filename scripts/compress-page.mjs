// Compresses the built page, so that the server sends each file as it is kept: with brotli, and with gzip for clients
// that do not take brotli. Files that do not become smaller are left alone.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = 'web/dist';
const texts = new Set(['.css', '.html', '.js', '.json', '.map', '.svg', '.txt', '.webmanifest']);

const brotli = (content) =>
  brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
const gzip = (content) => gzipSync(content, { level: constants.Z_BEST_COMPRESSION });

for (const name of readdirSync(folder, { recursive: true })) {
  if (!texts.has(extname(name))) continue;
  const path = join(folder, name);
  const content = readFileSync(path);
  for (const [ending, compress] of [
    ['.br', brotli],
    ['.gz', gzip],
  ]) {
    const compressed = compress(content);
    if (compressed.length < content.length) writeFileSync(`${path}${ending}`, compressed);
  }
}
