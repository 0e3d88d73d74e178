import { isInCatalogue, language, patterns, problemText, t } from './i18n';

const chinese = /[\u4e00-\u9fff]/;

interface Pattern {
  readonly text: string;
  readonly form: RegExp;
}

/** The sentences of the catalogue with places to fill, those with the most words of their own first. */
const forms = (): readonly Pattern[] =>
  (known ??= patterns()
    .toSorted((a, b) => b.replaceAll(place, '').length - a.replaceAll(place, '').length)
    .map((text) => ({ text, form: new RegExp(`^${text.split(place).map(literal).join('(.*?)')}$`, 'su') })));
let known: readonly Pattern[] | undefined;

/** `{{1}}`: what the server puts into its sentence. */
const place = /\{\{\d+\}\}/gu;
const literal = (text: string): string => text.replaceAll(/[$()*+./?[\\\]^{|}-]/gu, String.raw`\$&`);

/**
 * A sentence that the server makes out of words and values, in the language of the page. What is put into it stays as it
 * is, but for words and sentences that the server itself put there.
 */
export function said(text: string): string {
  if (language === 'zh-CN' || !chinese.test(text)) return text;
  if (isInCatalogue(text)) return t(text);
  for (const { text: sentence, form } of forms()) {
    const values = form.exec(text)?.slice(1);
    if (values) return t(sentence, Object.fromEntries(values.map((value, at) => [String(at + 1), said(value)])));
  }
  const words = text.split(' ');
  return words.map((word) => (chinese.test(word) && isInCatalogue(word) ? t(word) : word)).join(' ');
}

/**
 * What is wrong, in the language of the page. Where only the kind of problem is known in it, the server's own sentence
 * follows, which names what it is about.
 */
export function saidOf({ code, message }: { readonly code: string; readonly message: string }): string {
  const own = said(message);
  const kind = chinese.test(own) ? problemText(code) : undefined;
  return kind === undefined ? own : `${kind} (${message})`;
}
