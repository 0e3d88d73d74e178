/** Trusted markup. Create it only with `html` or from constants. */
export class Html {
  // A private field makes the type nominal: an object with a `text` property is not accepted as markup.
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }
}

export type Printable = Html | string | number | false | null | undefined | readonly Printable[];

/**
 * Template tag that escapes every value except `Html`. Lists are concatenated; undefined, null, false and '' print
 * nothing.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Printable[]): Html {
  return new Html(strings.reduce((text, string, at) => text + printed(values[at - 1]) + string));
}

function printed(value: Printable): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return value ? value.map(printed).join('') : '';
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character]!);
