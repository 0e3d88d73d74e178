import { html, type Html, type Printable } from '../reports/markup.js';
import { titled } from '../plans/plan-in-language.js';
import type { PublicSite } from './public-site.js';
import { pageLanguages, Speech, type PageLanguage } from './language.js';
import { words } from './words.js';

/** A page of the site in one language. */
export interface Page {
  /** Its path within the site of one language, such as `indicators/05.html`. */
  readonly path: string;
  /** Its name in the title of the window. */
  readonly title: (speech: Speech) => string;
  /** As the heading says it, where a name in it is marked with its language; absent: as the title. */
  readonly heading?: (speech: Speech) => Printable;
  /** Its main content, below the heading. */
  readonly content: (context: PageContext) => Printable;
}

export interface PageContext {
  readonly site: PublicSite;
  readonly speech: Speech;
  /** The address of a page in the same language, from this page. */
  readonly to: (path: string) => string;
  /** The address of a file that all languages share. */
  readonly file: (path: string) => string;
}

const folderOf: Readonly<Record<PageLanguage, string>> = { 'zh-CN': '', en: 'en/' };

/** Where a page lies within the site. */
export const placeOf = (path: string, language: PageLanguage): string => `${folderOf[language]}${path}`;

/** The way from the folder of one file to another file, so that the site can lie anywhere. */
function wayFrom(place: string, target: string): string {
  const up = place.split('/').length - 1;
  return `${'../'.repeat(up)}${target}`;
}

/** The page in a language as a file: its place and its text. */
export function written(site: PublicSite, page: Page, language: PageLanguage): [place: string, text: string] {
  const speech = new Speech(language, site.overview.plan);
  const place = placeOf(page.path, language);
  const file = (path: string) => wayFrom(place, path);
  const to = (path: string) => file(placeOf(path, language));
  const context: PageContext = { site, speech, to, file };
  const other = pageLanguages.find((each) => each !== language)!;
  const title = `${page.title(speech)} · ${speech.plainName(titled(site.overview.plan))}`;
  const text = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="${file('style.css')}" />
        <link rel="alternate" hreflang="${other}" href="${file(placeOf(page.path, other))}" />
      </head>
      <body>
        <a class="skip" href="#main">${speech.say(words.skip)}</a>
        <header class="head">
          <p class="plan">${speech.name(titled(site.overview.plan))}</p>
          ${navigation(context, page)}
          <a class="other" lang="${other}" hreflang="${other}" href="${file(placeOf(page.path, other))}"
            >${otherName[other]}</a
          >
        </header>
        <main id="main">
          <h1>${(page.heading ?? page.title)(speech)}</h1>
          ${notices(context)} ${page.content(context)}
        </main>
        ${foot(context)}
      </body>
    </html> `.text;
  return [place, text];
}

const otherName: Readonly<Record<PageLanguage, string>> = { 'zh-CN': '中文', en: 'English' };

function navigation({ site, speech, to }: PageContext, { path }: Page): Html {
  return html`<nav aria-label="${speech.say(words.navigation)}">
    <ul>
      ${site.menu.map(
        (entry) =>
          html`<li>
            <a href="${to(entry.path)}" ${entry.path === path && html`aria-current="page"`}
              >${speech.say(entry.word)}</a
            >
          </li> `,
      )}
    </ul>
  </nav>`;
}

function notices({ site, speech }: PageContext): Printable {
  const { supersededBy } = site.evaluation;
  return [
    site.demo &&
      html`<p class="banner"><strong>${speech.say(words.demo)}</strong> ${speech.say(words.demoMeaning)}</p> `,
    supersededBy !== undefined && html`<p class="banner">${speech.say(words.superseded)} ${supersededBy}</p> `,
  ];
}

const foot = ({ site, speech, to }: PageContext): Html =>
  html`<footer>
    <p>
      ${speech.say(words.foot)} ${site.name} · SHA-256 <code>${site.contentHash.slice(0, 12)}…</code> ·
      <a href="${to('verify.html')}">${speech.say(words.verify)}</a>
    </p>
  </footer> `;
