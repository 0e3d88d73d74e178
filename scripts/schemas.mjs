// Generates src/openapi/answers.schema.json from the types in src/openapi/answers.ts. With --check only tests whether
// it is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import prettier from 'prettier';
import { buildGenerator, programFromConfig } from 'typescript-json-schema';

const source = 'src/openapi/answers.ts';
const target = 'src/openapi/answers.schema.json';

const program = programFromConfig('tsconfig.json', [source]);
const checker = program.getTypeChecker();
const module = checker.getSymbolAtLocation(program.getSourceFile(`${process.cwd()}/${source}`));
const names = checker.getExportsOfModule(module).map((symbol) => symbol.getName());

const generator = buildGenerator(program, {
  required: true,
  noExtraProps: false,
  ref: true,
  aliasRef: true,
  ignoreErrors: true,
});
const { definitions } = generator.getSchemaForSymbols(names);

// Only types with a name in the source get a schema of that name (`import("…").Cell` → Cell). All others are inlined.
const publicName = (name) => {
  const plain = name.replace(/^import\(.*\)\./, '');
  return /^[A-Z][A-Za-z]+$/.test(plain) && !['Pick', 'Omit', 'Exclude'].includes(plain) ? plain : undefined;
};
const resolved = (schema) => {
  if (Array.isArray(schema)) return schema.map(resolved);
  if (schema === null || typeof schema !== 'object') return schema;
  if (typeof schema.$ref === 'string') {
    const name = decodeURIComponent(schema.$ref.replace('#/definitions/', ''));
    const named = publicName(name);
    return named ? { $ref: `#/components/schemas/${named}` } : resolved(definitions[name]);
  }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, resolved(value)]));
};
const schemas = Object.fromEntries(
  Object.entries(definitions).flatMap(([name, schema]) => {
    const named = publicName(name);
    // Skip a definition that only refers to the same type under its import name.
    return named && !schema.$ref?.endsWith(encodeURIComponent(named)) ? [[named, resolved(schema)]] : [];
  }),
);
const text = await prettier.format(JSON.stringify(schemas), {
  ...(await prettier.resolveConfig(target)),
  parser: 'json',
});

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error(`${target} is out of date: run npm run schemas`);
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
