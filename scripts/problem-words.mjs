// Makes generated/problem-words.json: what each code of a problem and of a warning says in English, out of the tables of
// docs/http-api.md and docs/plan-folder.md. The page says it in English mode, beside the server's own sentence.
import { readFileSync } from 'node:fs';
import { generate } from './generated.mjs';

const [api, folder] = ['docs/http-api.md', 'docs/plan-folder.md'];

await generate({ file: 'problem-words.json', from: [api, folder], script: import.meta.url }, () => {
  const problems = rowsOf(readFileSync(api, 'utf8'), /^\| +`([a-z-]+(?:\.[a-z-]+)?)` +\| +[\d, –-]+\| +(.+?) +\|$/gm);
  const [, warnings = ''] = readFileSync(folder, 'utf8').split('\n### Warnings\n');
  const warned = rowsOf(warnings.split('\n## ')[0], /^\| +`([a-z-]+\.[a-z-]+)` +\| +(.+?) +\|/gm);
  return JSON.stringify({ ...Object.fromEntries(warned), ...Object.fromEntries(problems) }, null, 2);
});

function rowsOf(text, form) {
  return [...text.matchAll(form)].map(([, code, meaning]) => [code, sentenceOf(meaning)]);
}

/** A sentence without what only a document needs: links, code marks, and where the code occurs. */
function sentenceOf(meaning) {
  const plain = meaning
    .replace(/^(entry|command line only): /, '')
    .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replaceAll('`', '')
    .replaceAll(String.raw`\|`, '|');
  return meaning.startsWith('`') ? plain : `${plain[0].toUpperCase()}${plain.slice(1)}`;
}
