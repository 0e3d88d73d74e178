// Makes generated/openapi.json, the document that the compiled program serves, and of it generated/api.d.ts, the types
// of the page's calls, and generated/commands.json, what the page's forms ask for each command.
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
await generate({ file: 'commands.json', from: [document], script }, () =>
  JSON.stringify(commandsOf(JSON.parse(readFileSync(document, 'utf8')))),
);

/** The commands of the document by their operation: where they are sent, and the fields of their bodies. */
function commandsOf({ paths, components: { schemas } }) {
  const inlined = (schema) => {
    const { $ref, allOf, items, properties, ...own } = schema;
    const named = $ref ?? allOf?.[0]?.$ref;
    if (named !== undefined) return { ...inlined(schemas[named.split('/').at(-1)]), ...own };
    return {
      ...own,
      ...(items && { items: inlined(items) }),
      ...(properties && {
        properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, inlined(field)])),
      }),
    };
  };
  const posted = Object.entries(paths).flatMap(([path, { post }]) => (post ? [{ path, ...post }] : []));
  return Object.fromEntries(
    posted
      .filter(
        ({ requestBody, parameters = [] }) =>
          requestBody?.content['application/json'] && parameters.some(({ name }) => name === 'Idempotency-Key'),
      )
      .map(({ operationId, path, summary, requestBody }) => {
        const body = inlined(requestBody.content['application/json'].schema);
        return [operationId, { path, title: summary, required: body.required ?? [], fields: body.properties ?? {} }];
      }),
  );
}

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
