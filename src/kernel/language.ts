/** The language of a plan that names none. */
export const usualLanguage = 'zh-CN';

/** Texts by the language that they are in, a BCP 47 tag. */
export type Translations = Readonly<Record<string, string>>;

export interface Named {
  readonly name: string;
  readonly translations?: Translations;
}

/**
 * The tag as BCP 47 writes it; undefined if it is none. A tag begins with a code of ISO 639, of two or three letters: the
 * longer ones that the grammar allows stand for no language.
 */
export function canonicalTag(tag: string): string | undefined {
  if (!/^[a-z]{2,3}(-|$)/i.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

export const isLanguageTag = (tag: string): boolean => canonicalTag(tag) === tag;

/** The tag meant by `EN`, `en_US` or `zh-cn`. */
export function tagMeant(tag: string): string | undefined {
  const meant = canonicalTag(tag.normalize('NFKC').trim().replaceAll('_', '-'));
  return meant === tag ? undefined : meant;
}

/**
 * The languages in which to look for a name, best first: the one that is asked for, then the more general ones (RFC 4647,
 * section 3.4). None from the plan's own language on: there the name itself is the answer.
 */
export function languagesFor(asked: string | undefined, own: string = usualLanguage): readonly string[] {
  const subtags = asked?.split('-') ?? [];
  const ranges = subtags.map((_, at) => subtags.slice(0, subtags.length - at).join('-'));
  const end = ranges.indexOf(own);
  return end < 0 ? ranges : ranges.slice(0, end);
}

/** The first of the languages in which any of the things has a name, otherwise the plan's own. */
export const languageIn = (
  things: readonly Pick<Named, 'translations'>[],
  languages: readonly string[],
  own: string = usualLanguage,
): string => languages.find((language) => things.some(({ translations = {} }) => language in translations)) ?? own;

/** The name of a thing in the first of the languages in which it has one, otherwise in the plan's own. */
export function nameIn({ name, translations = {} }: Named, languages: readonly string[]): string {
  const language = languages.find((each) => each in translations);
  return language === undefined ? name : translations[language]!;
}

/** The thing under its name in the first of the languages in which it has one. */
export const named = <Each extends Named>(thing: Each, languages: readonly string[]): Each => ({
  ...thing,
  name: nameIn(thing, languages),
});
