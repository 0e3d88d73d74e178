import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

/** The languages of the page. Its texts are written in Chinese, and are their own keys in the other catalogues. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

const key = 'tongjian.language';

const isLanguage = (text: string | null): text is Language => languages.some((language) => language === text);

function kept(): Language {
  try {
    const language = localStorage.getItem(key);
    return isLanguage(language) ? language : 'zh-CN';
  } catch {
    return 'zh-CN';
  }
}

/** The language of the page, for as long as it is open. */
export const language: Language = kept();

/** Gets the catalogue. Everything that holds texts is imported afterwards, so that a text may stand anywhere. */
export async function startLanguage(): Promise<void> {
  const [catalogue, problems] =
    language === 'en'
      ? await Promise.all([import('../locales/en.json'), import('../../../generated/problem-words.json')])
      : [{ default: {} }, { default: {} }];
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: catalogue.default, problems: problems.default } },
    // The keys are sentences, in which these mean nothing.
    keySeparator: false,
    nsSeparator: false,
    fallbackLng: false,
    showSupportNotice: false,
    interpolation: { escapeValue: false },
  });
}

/** Whether the catalogue of the language has the text. */
export const isInCatalogue = (text: string): boolean => i18next.exists(text);

/** What a problem with this code is, in the language of the page; undefined where the server's own sentence says it. */
export const problemText = (code: string): string | undefined =>
  i18next.exists(code, { ns: 'problems' }) ? i18next.t(code, { ns: 'problems' }) : undefined;

/** The texts of the catalogue into which the server puts something: `{{1}}` and so on. */
export const patterns = (): string[] =>
  Object.keys(i18next.getResourceBundle(language, 'translation') as object).filter((text) => text.includes('{{1}}'));

/** A text of the page in its language; `{{name}}` in it is replaced by the value of that name. */
export const t = (text: string, values?: Readonly<Record<string, string | number>>): string =>
  i18next.t(text, { ...values });

/** The page is opened anew in another language; what was being filled in is kept as a draft. */
export function speak(next: Language): void {
  try {
    localStorage.setItem(key, next);
  } catch {
    // Without local storage, the page stays in Chinese.
  }
  location.reload();
}
