// Makes generated/openapi.json, the document that the compiled program serves, and of it generated/api.d.ts, the types
// of the page's calls.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from './generated.mjs';

const files = ['openapi.json', 'api.d.ts'];
await generate({ script: import.meta.url, files, also: ['generated/answers.schema.json'] }, async () => {
  const document = JSON.stringify(await servedDocument(), null, 1);
  const { default: typesOf, astToString } = await import('openapi-typescript');
  return { 'openapi.json': document, 'api.d.ts': astToString(await typesOf(document)) };
});

/** From a server that does not listen, around an empty log. */
async function servedDocument() {
  const { openEmbedded } = await import('../dist/operations/open-engine.js');
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
