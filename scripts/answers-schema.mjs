// Makes generated/answers.schema.json, which the OpenAPI document carries, from the exported types that the routes name
// as their answers.
import { readFileSync } from 'node:fs';
import { code, generate } from './generated.mjs';

/** The types that `@ApiAnswer('…')`, `@ApiEventStream('…')`, document routes and kinds of lists name. */
const named = code().flatMap((file) =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /@Api(?:Answer|EventStream)\('([A-Za-z]+)'|^ {2,}.*\b(?:answer|item): '([A-Za-z]+)'/gm,
    ),
  ].map(([, decorated, route]) => decorated ?? route),
);
const names = [...new Set(named)].sort();
const typeKinds = ['ClassDeclaration', 'InterfaceDeclaration', 'TypeAliasDeclaration'];

await generate({ file: 'answers.schema.json', from: code(), script: import.meta.url }, async () => {
  const { buildGenerator, programFromConfig } = await import('typescript-json-schema');
  const program = programFromConfig('tsconfig.build.json');

  // No answer is named after a type of a library; looking through them all takes a second.
  const ours = program.getSourceFiles().filter(({ fileName }) => !fileName.includes('/node_modules/'));
  assertDeclaredOnce(ours, (await import('typescript')).default);
  const generator = buildGenerator(
    { ...program, getSourceFiles: () => ours },
    { required: true, noExtraProps: false, ref: true, aliasRef: true, ignoreErrors: true },
  );
  const { definitions } = generator.getSchemaForSymbols(names);
  return JSON.stringify(schemasOf(definitions), null, 1);
});

/** Only what a person named keeps a name (`import("…").Cell` is Cell); all else stands where it is used. */
function schemasOf(definitions) {
  const personsName = (name) => {
    const plain = name.replace(/^import\(.*\)\./, '');
    return /^[A-Z][A-Za-z]+$/.test(plain) && !['Pick', 'Omit', 'Exclude'].includes(plain) ? plain : undefined;
  };
  const resolved = (schema) => {
    if (Array.isArray(schema)) return schema.map(resolved);
    if (schema === null || typeof schema !== 'object') return schema;
    if (typeof schema.$ref === 'string') {
      const name = decodeURIComponent(schema.$ref.replace('#/definitions/', ''));
      const named = personsName(name);
      return named ? { $ref: `#/components/schemas/${named}` } : resolved(definitions[name]);
    }
    return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, resolved(value)]));
  };
  return Object.fromEntries(
    Object.entries(definitions).flatMap(([name, schema]) => {
      const named = personsName(name);
      // An alias of itself under its import's name says nothing more.
      return named && !schema.$ref?.endsWith(encodeURIComponent(named)) ? [[named, resolved(schema)]] : [];
    }),
  );
}

/**
 * An answer's name must lead to one type: a second one of that name, exported or not, could end up in the document in its
 * place.
 */
function assertDeclaredOnce(files, { SyntaxKind }) {
  const declared = files.flatMap((file) =>
    file.statements.filter(
      ({ kind, name }) => name && typeKinds.includes(SyntaxKind[kind]) && names.includes(name.text),
    ),
  );
  for (const name of names) {
    const count = declared.filter((each) => each.name.text === name).length;
    if (count !== 1) throw new Error(`the answer ${name} is declared ${count} times, not once`);
  }
}
