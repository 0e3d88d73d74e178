import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
/** Specs that import one of them run the whole program: a run takes seconds. */
const wholeProgram = ['src/engine.ts', 'src/slices.ts'].map((file) => join(root, file));

const isUnitSpec = (file) => file.endsWith('.spec.ts') && !/\.(int|e2e|browser)\.spec\.ts$/.test(file);

/** For each file of src/ and test/: the files that it imports when the program runs, types left out. */
function importsOf() {
  const files = ['src', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  const imported = (file) =>
    [...readFileSync(file, 'utf8').matchAll(/^(?:import|export|\}) (?!type ).*?'(\.{1,2}\/[^']+)\.js';$/gm)].map(
      ([, specifier]) => `${resolve(dirname(file), specifier)}.ts`,
    );
  return new Map(files.map((file) => [file, imported(file)]));
}

/** All files that are reached from one, those that are fewest steps away first. */
function reached(from, steps) {
  const found = new Set([from]);
  for (const file of found) for (const next of steps.get(file) ?? []) found.add(next);
  return found;
}

/**
 * The unit specs for the mutants of a file: the `nearest` that import it, directly or not, those in its folder first. Those that run the whole program
 * are only asked if there are no others, or with `all`.
 */
export function relatedSpecs(name, { nearest, all }) {
  const file = join(root, name);
  const imports = importsOf();
  const importers = new Map();
  for (const [importer, imported] of imports) {
    for (const each of imported) importers.set(each, [...(importers.get(each) ?? []), importer]);
  }
  const own = file.replace(/ts$/, '');
  const rank = (spec) => (spec.startsWith(own) ? 2 : spec.startsWith(dirname(file)) ? 1 : 0);
  const specs = [...reached(file, importers)].filter(isUnitSpec).sort((a, b) => rank(b) - rank(a));
  // Of the file's own, `comparison.aspects.spec.ts` before `comparison.spec.ts`: those about a part are faster.
  const ownFirst = specs.filter((spec) => rank(spec) === 2).sort();
  specs.splice(0, ownFirst.length, ...ownFirst);
  if (all) return specs;
  const isQuick = (spec) => wholeProgram.every((file) => !reached(spec, imports).has(file));
  const quick = specs.filter(isQuick);
  const slow = specs.filter((spec) => !isQuick(spec));
  return quick.length > 0 ? quick.slice(0, nearest) : slow.slice(0, 2);
}
