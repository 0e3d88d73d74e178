// Makes generated/openapi.json, the document that the compiled program serves, and of it generated/api.d.ts, the types
// of the page's calls.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { code, generate } from './generated.mjs';

const script = import.meta.url;
const document = 'generated/openapi.json';

await generate({ file: 'openapi.json', from: [...code(), 'generated/answers.schema.json'], script }, async () =>
  JSON.stringify(await servedDocument(), null, 1),
);
await generate({ file: 'api.d.ts', from: [document], script }, async () => {
  const { default: typesOf, astToString } = await import('openapi-typescript');
  return astToString(await typesOf(readFileSync(document, 'utf8')));
});

/** From a server that does not listen, around an empty log. */
async function servedDocument() {
  const { openEmbedded } = await import('../dist/engine.js');
  const { createServer } = await import('../dist/server.js');
  const folder = mkdtempSync(join(tmpdir(), 'tongjian-openapi-'));
  const engine = openEmbedded(folder);
  try {
    const server = await createServer(engine);
    const document = server.document();
    await server.close();
    return document;
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true });
  }
}
