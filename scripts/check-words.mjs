// Checks the texts of the page: each Chinese text stands inside t('…'), and web/src/locales/en.json has the English of
// each, with the same values, and nothing else but the English of what the server's document calls commands, their fields
// and events. With --missing, prints what lacks an English text as JSON to be filled in. Needs the compiled server.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { problemTitles } from '../dist/http/api-models.js';
import { eventTypes } from '../dist/slices.js';

const folder = 'web/src';
const catalogue = 'web/src/locales/en.json';
/** Chinese characters, and the punctuation that stands among them. */
const chinese = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/;
/** Texts that are the same in every language: what a language calls itself, and ways to write a day. */
const same = (text) => text === '中文' || /^(?=.*M)[YMD年月日/-]+$/.test(text);
/** Files with Chinese texts outside t('…'). */
const apart = new Set([
  // Says each of its texts in both languages, because nobody has chosen one there.
  join(folder, 'sign-in/failed-sign-in.ts'),
  // Reads the descriptions in the server's document, which are in Chinese.
  join(folder, 'shared/command/commands.ts'),
  // Sends the words of the server's tables.
  join(folder, 'reporting/table-words.ts'),
]);

/**
 * Files of the server whose Chinese is shown on the page as it is: what it puts into a sentence is numbered, `{{1}}`. See
 * web/src/shared/said.ts.
 */
const saying = [
  ...['changes', 'digits', 'observed', 'repetition', 'threshold', 'words'].map((name) => `src/anomalies/${name}.ts`),
  ...['appraise', 'figure-facts', 'plan-appraisals', 'programme-facts'].map((name) => `src/appraisal/${name}.ts`),
  ...['src/appraisal-rules/appraisal-rules.ts', 'src/evaluations/open-points.ts'],
  ...['src/figures/words.ts', 'src/overview/latest-changes.ts', 'src/overview/programme/checks.ts'],
  ...readdirSync('src/quality/rules').map((name) => join('src/quality/rules', name)),
].filter((path) => !path.endsWith('.spec.ts'));

const used = new Set();
const outside = [];

for (const name of readdirSync(folder, { recursive: true }).sort()) {
  const path = join(folder, name);
  if (!/\.tsx?$/.test(name)) continue;
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
  // <Trans i18nKey="…">
  if (ts.isJsxAttribute(node) && node.name.getText(source) === 'i18nKey') {
    if (node.initializer && ts.isStringLiteral(node.initializer)) used.add(node.initializer.text);
    return;
  }
  const text = textOf(node);
  if (text !== undefined && !apart.has(source.fileName) && chinese.test(text) && !same(text)) {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    outside.push(`${source.fileName}:${line + 1} ${text.trim().slice(0, 60)}`);
  }
  ts.forEachChild(node, (child) => visit(child, source));
}

for (const path of saying) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  visitSaying(source);
}

function visitSaying(node) {
  const text = ts.isTemplateExpression(node)
    ? node.templateSpans.reduce((whole, span, at) => `${whole}{{${at + 1}}}${span.literal.text}`, node.head.text)
    : ts.isStringLiteralLike(node)
      ? node.text
      : '';
  if (chinese.test(text)) used.add(text);
  ts.forEachChild(node, visitSaying);
}

function textOf(node) {
  if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) return node.text;
  if (ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) return node.text;
  return undefined;
}

const commands = JSON.parse(readFileSync('generated/commands.json', 'utf8'));
for (const { title, fields } of Object.values(commands)) {
  used.add(title.split('：')[0]);
  addDescriptions(fields);
}
for (const { label } of eventTypes) used.add(label);
for (const title of Object.values(problemTitles)) used.add(title);

/** The page splits a description at its first colon: what a field is called, and what is to be known of it. */
function addDescriptions(fields) {
  for (const { description, items = {}, properties = {} } of Object.values(fields)) {
    const [label, ...hint] = description?.split('：') ?? [];
    for (const text of [label, hint.join('：')]) if (/[\u4e00-\u9fff]/.test(text ?? '')) used.add(text);
    addDescriptions({ ...properties, ...(items.description !== undefined && { items }) });
    addDescriptions(items.properties ?? {});
  }
}

const english = JSON.parse(readFileSync(catalogue, 'utf8'));
const values = (text) => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, value]) => value))].sort().join();
/** A text for one thing may say so without the number. */
const hasSameValues = (form, translation) =>
  values(textOfForm(form)) === values(translation) ||
  (form.endsWith('_one') && values(textOfForm(form)) === values(`${translation}{{count}}`));
/** The forms of an English text: one, or those for one thing and for several. */
const formsOf = (text) => (`${text}_other` in english ? [`${text}_one`, `${text}_other`] : [text]);
const missing = [...used].filter((text) => formsOf(text).some((form) => !(form in english))).sort();
const known = new Set([...used].flatMap(formsOf));
/** The Chinese of an English text. */
const textOfForm = (form) => form.replace(/_(one|other)$/, '');

if (process.argv.includes('--missing')) {
  console.log(JSON.stringify(Object.fromEntries(missing.map((text) => [text, ''])), null, 2));
} else {
  const problems = [
    ...outside.map((place) => `outside t('…'): ${place}`),
    ...missing.map((text) => `without English: ${text}`),
    ...Object.keys(english)
      .filter((text) => !known.has(text))
      .map((text) => `English of a text that the page does not have: ${text}`),
    ...Object.entries(english)
      .filter(([form, translation]) => !hasSameValues(form, translation) || chinese.test(translation))
      .map(([form]) => `English with other values, or in Chinese: ${form}`),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) {
    console.error(`${problems.length} problems with the texts of the page, see docs/web.md`);
    process.exitCode = 1;
  }
}
