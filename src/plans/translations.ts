import { Type } from '@sinclair/typebox';
import { orMeant } from '../kernel/did-you-mean.js';
import { invalid } from '../kernel/errors.js';
import { isLanguageTag, tagMeant, usualLanguage, type Translations } from '../kernel/language.js';

export const translationsSchema = Type.Optional(
  Type.Record(Type.String(), Type.String(), { description: 'Names in other languages, by BCP 47 tag' }),
);

export interface WithTranslations {
  readonly translations?: Translations;
}

/**
 * The names of a thing in other languages, absent where there is none. `own` is the language of the plan.
 * @throws {DomainError} `language.tag`, `language.own`
 */
export function translationsOf({ translations = {} }: WithTranslations, own: string = usualLanguage): WithTranslations {
  for (const tag of Object.keys(translations)) {
    const field = `translations.${tag}`;
    if (!isLanguageTag(tag)) {
      const message = `“${tag}”不是语言标签：请按 BCP 47 书写，如 en、pt、zh-Hant${orMeant(tagMeant(tag))}`;
      throw invalid('language.tag', message, field);
    }
    if (tag === own) {
      const message = `${own} 是规划本身的语言：该语言的名称写在 name 或 title，请从 translations 中删去`;
      throw invalid('language.own', message, field);
    }
  }
  return Object.keys(translations).length === 0 ? {} : { translations: { ...translations } };
}
