import { DateTime } from 'luxon';
import type { Wording } from '../assessment/words.js';
import { findPeriod } from '../kernel/period.js';
import { languageIn, languagesFor, nameIn, usualLanguage, type Named } from '../kernel/language.js';
import type { Instant } from '../kernel/time.js';
import type { Overview } from '../overview/overview.js';
import { html, type Html, type Printable } from '../reports/markup.js';
import { momentWords, periodWords } from '../reports/words.js';

export type PageLanguage = 'zh-CN' | 'en';
export const pageLanguages: readonly PageLanguage[] = ['zh-CN', 'en'];

/** What a page says in its language. A text that the plan does not have in it is marked with the language that it is in. */
export class Speech {
  readonly #languages: readonly string[];
  readonly #own: string;

  constructor(
    readonly language: PageLanguage,
    private readonly plan: Overview['plan'],
  ) {
    this.#own = plan.language ?? usualLanguage;
    this.#languages = languagesFor(language, this.#own);
  }

  say({ zh, en }: Wording): string {
    return this.language === 'en' ? en : zh;
  }

  /** A name as text, for what cannot be marked. */
  plainName(thing: Named): string {
    return nameIn(thing, this.#languages);
  }

  name(thing: Named): Html {
    return this.#marked(this.plainName(thing), languageIn([thing], this.#languages, this.#own));
  }

  /** A text that the plan has in its own language only. */
  text(text: string): Html {
    return this.#marked(text, this.#own);
  }

  /** A text that is in Chinese whatever the language of the plan. */
  chinese(text: string): Html {
    return this.#marked(text, usualLanguage);
  }

  /** Something in brackets after something else. */
  aside(content: Printable): Html {
    return this.language === 'en' ? html` (${content})` : html`（${content}）`;
  }

  moment(instant: Instant): string {
    if (this.language !== 'en') return momentWords(instant, this.plan.timeZone);
    const moment = DateTime.fromISO(instant, { zone: this.plan.timeZone, locale: 'en-GB' });
    return moment.toFormat(moment.equals(moment.endOf('day')) ? 'd LLLL yyyy' : 'd LLLL yyyy, HH:mm');
  }

  period(text: string): string {
    if (this.language !== 'en') return periodWords(text);
    const period = findPeriod(text);
    if (!period) return text;
    const { frequency, fiscal, year, part } = period;
    const whole = `${fiscal ? 'fiscal year ' : ''}${year}`;
    if (frequency === 'A') return whole;
    if (frequency === 'M' && !fiscal) return `${monthNames[part - 1]} ${year}`;
    return `${{ S: 'half', Q: 'quarter', M: 'month' }[frequency]} ${part} of ${whole}`;
  }

  #marked(text: string, language: string): Html {
    return language.split('-')[0] === this.language.split('-')[0]
      ? html`${text}`
      : html`<span lang="${language}">${text}</span>`;
  }
}

const monthNames = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
