// Checks the texts of the page: each Chinese text stands inside t('…'), and web/src/locales/en.json has the English of
// each, with the same values, and nothing else. With --missing, prints what lacks an English text as JSON to be filled in.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const folder = 'web/src';
const catalogue = 'web/src/locales/en.json';
const chinese = /[\u4e00-\u9fff]/;
/** Texts that are the same in every language: what a language calls itself, and ways to write a day. */
const same = (text) => text === '中文' || /^[YMD年月日/-]+$/.test(text);
/** Says each of its texts in both languages, because nobody has chosen one there. */
const bilingual = new Set([join(folder, 'sign-in/failed-sign-in.ts')]);

const used = new Set();
const outside = [];

for (const name of readdirSync(folder, { recursive: true }).sort()) {
  const path = join(folder, name);
  if (!/\.tsx?$/.test(name) || bilingual.has(path)) continue;
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  visit(source, source);
}

function visit(node, source) {
  const isCall = ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't';
  if (isCall) {
    const [text, ...rest] = node.arguments;
    if (ts.isStringLiteralLike(text)) used.add(text.text);
    else visit(text, source);
    for (const each of rest) visit(each, source);
    return;
  }
  const text = textOf(node);
  if (text !== undefined && chinese.test(text) && !same(text)) {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    outside.push(`${source.fileName}:${line + 1} ${text.trim().slice(0, 60)}`);
  }
  ts.forEachChild(node, (child) => visit(child, source));
}

function textOf(node) {
  if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) return node.text;
  if (ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) return node.text;
  return undefined;
}

const english = JSON.parse(readFileSync(catalogue, 'utf8'));
const values = (text) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)]
    .map(([, value]) => value)
    .sort()
    .join();
const missing = [...used].filter((text) => !(text in english)).sort();

if (process.argv.includes('--missing')) {
  console.log(JSON.stringify(Object.fromEntries(missing.map((text) => [text, ''])), null, 2));
} else {
  const problems = [
    ...outside.map((place) => `outside t('…'): ${place}`),
    ...missing.map((text) => `without English: ${text}`),
    ...Object.keys(english)
      .filter((text) => !used.has(text))
      .map((text) => `English of a text that the page does not have: ${text}`),
    ...Object.entries(english)
      .filter(([text, translation]) => values(text) !== values(translation) || chinese.test(translation))
      .map(([text]) => `English with other values, or in Chinese: ${text}`),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) {
    console.error(`${problems.length} problems with the texts of the page, see docs/web.md`);
    process.exitCode = 1;
  }
}
