// Generates docs/events.md and docs/schemas/events/ from the compiled catalogue. With --check only tests whether they
// are up to date.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import prettier from 'prettier';
import { eventTypes } from '../dist/slices.js';

const page = 'docs/events.md';
const folder = 'docs/schemas/events';
const fileOf = ({ name, version }) => `${name}.v${version}.json`;

/** A short notation for a schema: `{ value } | { numerator, denominator }`, `"A" | "S"`, text, integer. */
function shapeOf(schema) {
  if (schema.anyOf) return schema.anyOf.map(shapeOf).join(' | ');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.type === 'array') return `list of ${shapeOf(schema.items)}`;
  if (schema.patternProperties) return `map to ${shapeOf(Object.values(schema.patternProperties)[0])}`;
  if (schema.type === 'object') {
    const member = ([name, of]) => ('const' in of ? `${name}: ${shapeOf(of)}` : name);
    return `{ ${Object.entries(schema.properties).map(member).join(', ')} }`;
  }
  return schema.type === 'string' ? 'text' : schema.type;
}

/** One table row per field. The fields of nested objects and lists of objects follow with their path. */
function rowsOf(schema, path = '') {
  return Object.entries(schema.properties).flatMap(([name, of]) => {
    const at = path + name;
    const needed = schema.required?.includes(name) ? 'yes' : '';
    const cells = [`\`${at}\``, `\`${shapeOf(of)}\``.replaceAll('|', '\\|'), needed, of.description ?? ''];
    const inner = of.type === 'array' ? of.items : of;
    const below = inner.properties ? rowsOf(inner, of === inner ? `${at}.` : `${at}[].`) : [];
    return [`| ${cells.join(' | ')} |`, ...below];
  });
}

function sectionOf(type) {
  const { name, label, version, meaning, schema, example } = type;
  const fields = rowsOf(schema);
  const upcasts = version > 1 ? ` Events of versions 1 to ${version - 1} are read as version ${version}.` : '';
  return [
    `## ${name}`,
    `**${label}**, version ${version} ([JSON Schema](schemas/events/${fileOf(type)})). ${meaning}.${upcasts}`,
    fields.length > 0
      ? ['| field | type | required | |', '|---|---|---|---|', ...fields].join('\n')
      : 'It has no data.',
    ['```json', JSON.stringify(example, null, 2), '```'].join('\n'),
  ].join('\n\n');
}

const summary = eventTypes.map(
  ({ name, label, version, meaning }) => `| [${name}](#${name.toLowerCase()}) | ${label} | ${version} | ${meaning} |`,
);
const text = [
  '<!-- Made by scripts/docs-events.mjs from the code. Do not edit: run npm run docs:events. -->',
  '# The event catalogue',
  'All event types, as defined in the code. The log refuses an event that is not listed here or does not fit its ' +
    'schema, and reading stops at an unknown one. Every event also has metadata: actor, reason, evidence and known time, ' +
    'see [architecture.md](architecture.md#events). The tables below describe only the data. Figures are decimal strings, ' +
    'stored exactly as reported.',
  ['| type | 名称 | version | meaning |', '|---|---|---|---|', ...summary].join('\n'),
  ...eventTypes.map(sectionOf),
].join('\n\n');

const schemaOf = ({ name, version, label, meaning, schema }) => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:tongjian:event:${name}:${version}`,
  title: `${name} ${label}`,
  description: meaning,
  ...schema,
});

const wanted = new Map([[page, text]]);
for (const type of eventTypes) wanted.set(`${folder}/${fileOf(type)}`, JSON.stringify(schemaOf(type)));
for (const [path, content] of wanted) {
  const settings = await prettier.resolveConfig(path);
  wanted.set(path, await prettier.format(content, { ...settings, filepath: path }));
}

const existing = existsSync(folder) ? readdirSync(folder).map((name) => `${folder}/${name}`) : [];
// The schemas of earlier versions are kept, because the log still has events of these versions.
const isEarlier = (path) => eventTypes.some(({ name }) => path.startsWith(`${folder}/${name}.v`));
const superfluous = existing.filter((path) => !wanted.has(path) && !isEarlier(path));
const outdated = [...wanted].filter(([path, content]) => !existsSync(path) || readFileSync(path, 'utf8') !== content);

if (process.argv.includes('--check')) {
  const stale = [...outdated.map(([path]) => path), ...superfluous];
  if (stale.length > 0) {
    console.error(`out of date: ${stale.join(', ')}\nrun npm run docs:events`);
    process.exit(1);
  }
} else {
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of outdated) writeFileSync(path, content);
  for (const path of superfluous) rmSync(path);
}
