/** Markup that may be printed as it stands. Made by `html` alone, or out of constants. */
export class Html {
  // A private field, so that nothing that merely looks like markup is taken for it.
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }
}

export type Printable = Html | string | number | false | null | undefined | readonly Printable[];

/** A template whose every value is escaped, unless it was made by this template itself. Lists are joined, gaps leave nothing. */
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

/** Printables with a separator between them. */
export const joined = (items: readonly Printable[], separator: Printable): Printable[] =>
  items.flatMap((item, at) => (at === 0 ? [item] : [separator, item]));

export interface Column {
  readonly head: Printable;
  /** Numbers stand to the right. */
  readonly number?: boolean;
  /** Of the table's width, `12%`. */
  readonly width?: string;
}

/** A table of no more rows than this is kept on one page, unless its class says that it may flow. */
const short = 12;

/** A table whose head is repeated on every page. A row is its cells, made by `cell`, or a heading across the whole table. */
export function table(columns: readonly Column[], rows: readonly Html[], className = ''): Html {
  return html`<div class="scroll ${rows.length <= short && !className.split(' ').includes('flow') && 'keep'}">
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

/** A row of plain cells, the first of which names it. */
export function row(columns: readonly Column[], cells: readonly Printable[]): Html {
  return html`<tr>
    ${cells.map((content, at) => {
      if (at === 0) return html`<th scope="row">${content}</th>`;
      return html`<td class="${columns[at]?.number && 'number'}">${content}</td>`;
    })}
  </tr> `;
}

/** A heading across the whole table. */
export const groupRow = (columns: readonly Column[], heading: Printable): Html =>
  html`<tr class="group">
    <th colspan="${columns.length}" scope="rowgroup">${heading}</th>
  </tr> `;

/** Terms and what is said of them; a term of which nothing is said is left out. */
export function terms(entries: readonly (readonly [term: string, said: Printable])[]): Html {
  const said = entries.filter(([, content]) => content !== undefined && content !== false && content !== '');
  return html`<dl>
    ${said.map(
      ([term, content]) =>
        html`<div>
          <dt>${term}</dt>
          <dd>${content}</dd>
        </div> `,
    )}
  </dl> `;
}
