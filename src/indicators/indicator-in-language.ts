import { languageIn, languagesFor, named } from '../kernel/language.js';
import type { IndicatorDocument } from './indicator.projection.js';

/** An indicator with the language of its name, where one was asked for. */
export type IndicatorInLanguage = IndicatorDocument & { readonly language?: string };

/** The indicator under its name in a language, or in `own`, the plan's. */
export function indicatorIn(
  indicator: IndicatorDocument,
  asked: string | undefined,
  own: string | undefined,
): IndicatorInLanguage {
  if (asked === undefined) return indicator;
  const languages = languagesFor(asked, own);
  return { ...named(indicator, languages), language: languageIn([indicator], languages, own) };
}
