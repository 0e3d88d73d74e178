// Updates web/openapi.json for `npm run types -w web`. OPENAPI names the URL or file of the document (default:
// http://127.0.0.1:3000/api/openapi.json of a running server); OPENAPI=keep uses the committed file.
import { readFile, writeFile } from 'node:fs/promises';

const source = process.env.OPENAPI ?? 'http://127.0.0.1:3000/api/openapi.json';
const committed = new URL('../openapi.json', import.meta.url);

const text = async () => {
  if (source === 'keep') return readFile(committed, 'utf8');
  if (!/^https?:/.test(source)) return readFile(source, 'utf8');
  const response = await fetch(source);
  if (!response.ok) throw new Error(`${source}: ${response.status}`);
  return response.text();
};

const document = JSON.parse(await text());
for (const [path, operations] of Object.entries(document.paths)) {
  for (const operation of Object.values(operations)) declarePathParameters(path, operation);
}
await writeFile(committed, `${JSON.stringify(document, null, 1)}\n`);

/** Adds path parameters that occur in the path but are not declared by the operation. */
function declarePathParameters(path, operation) {
  operation.parameters ??= [];
  for (const [, name] of path.matchAll(/\{(\w+)\}/g)) {
    if (operation.parameters.some((parameter) => parameter.in === 'path' && parameter.name === name)) continue;
    operation.parameters.push({ name, in: 'path', required: true, schema: { type: 'string' } });
  }
}
