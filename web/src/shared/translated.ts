/** The name of a thing in a language of the reader's browser; undefined for a reader of Chinese, or where there is none. */
export function translated({ translations }: { readonly translations?: Readonly<Record<string, string>> }) {
  if (!translations || navigator.language.startsWith('zh')) return undefined;
  const wanted = navigator.languages.flatMap((tag) => [tag, tag.split('-')[0]!]);
  return wanted.map((tag) => translations[tag]).find((name) => name !== undefined);
}
