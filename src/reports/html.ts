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

/** The items with a separator between them. */
export const joined = (items: readonly Printable[], separator: Printable): Printable[] =>
  items.flatMap((item, at) => (at === 0 ? [item] : [separator, item]));

export interface Column {
  readonly head: Printable;
  /** Whether the column contains numbers, which are right-aligned. */
  readonly number?: boolean;
  /** Share of the table's width, for example `12%`. */
  readonly width?: string;
}

/** Tables with at most this many rows are kept on one page, unless they have the class `flow`. */
const maxKeptRows = 12;

/** A table whose head is repeated on every printed page. Create rows with `row` or `groupRow`. */
export function table(columns: readonly Column[], rows: readonly Html[], className = ''): Html {
  return html`<div class="scroll ${rows.length <= maxKeptRows && !className.split(' ').includes('flow') && 'keep'}">
    <table class="${className}">
      ${
        columns.some(({ width }) => width) &&
        html`<colgroup>
          ${columns.map(({ width }) => (width ? html`<col style="width:${width}" />` : html`<col />`))}
        </colgroup>`
      }
      <thead>
        <tr>
          ${columns.map(({ head, number }) => html`<th scope="col" class="${number && 'number'}">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div> `;
}

/** A table row; its first cell is the row heading. */
export function row(columns: readonly Column[], cells: readonly Printable[]): Html {
  return html`<tr>
    ${cells.map((content, at) => {
      if (at === 0) return html`<th scope="row">${content}</th>`;
      return html`<td class="${columns[at]?.number && 'number'}">${content}</td>`;
    })}
  </tr> `;
}

/** A row with a heading across all columns. */
export const groupRow = (columns: readonly Column[], heading: Printable): Html =>
  html`<tr class="group">
    <th colspan="${columns.length}" scope="rowgroup">${heading}</th>
  </tr> `;

/** A definition list; terms without content are left out. */
export function terms(entries: readonly (readonly [term: string, content: Printable])[]): Html {
  const filled = entries.filter(([, content]) => content !== undefined && content !== false && content !== '');
  return html`<dl>
    ${filled.map(
      ([term, content]) =>
        html`<div>
          <dt>${term}</dt>
          <dd>${content}</dd>
        </div> `,
    )}
  </dl> `;
}
