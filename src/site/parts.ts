import type { Assessment } from '../assessment/assessment.js';
import { isMeasured, type Finding } from '../assessment/measured.js';
import type { CellTarget } from '../assessment/rule-targets.js';
import { shownTarget } from '../kernel/target-value.js';
import type { IndicatorRow } from '../overview/indicator-row.js';
import { shapes } from '../reports/marks.js';
import { html, type Html, type Printable } from '../reports/markup.js';
import type { Speech } from './language.js';
import { absenceOf, statusOf, words } from './words.js';

/** What several pages show in the same way. */

export const none = '—';

export const demoFlag = (speech: Speech, demo: boolean): Printable =>
  demo && html`<sup class="flag" title="${speech.say(words.demoFlag)}" lang="zh-CN">示</sup>`;

/** With its unit of measure, where there is one to show. */
export const valueOf = (speech: Speech, finding: Finding, unit?: string): Html =>
  html`${
    isMeasured(finding)
      ? [finding.shown, unitOf(speech, unit)]
      : html`<span class="absent">${speech.say(absenceOf(finding))}</span>`
  }${demoFlag(speech, finding.demo)}`;

const unitOf = (speech: Speech, unit: string | undefined): Printable =>
  unit === undefined || unit === '%' ? unit : [' ', speech.text(unit)];

/** A target in the plan's notation. */
export function targetOf(
  speech: Speech,
  { kind }: Pick<IndicatorRow, 'kind'>,
  target: CellTarget | undefined,
  unit?: string,
): Printable {
  if (!target) return none;
  const { rule, demo } = target;
  const shown = rule ? (rule.shown ?? none) : shownTarget(target.value);
  return [notated(speech, kind, shown), unitOf(speech, unit), demoFlag(speech, demo || (rule?.demo ?? false))];
}

export function notated(speech: Speech, kind: IndicatorRow['kind'], shown: string): string {
  if (kind === 'cumulative') return `[${shown}]`;
  return kind === 'growth' ? speech.say({ zh: `年均${shown}%`, en: `${shown}% a year` }) : shown;
}

export const statusMark = (speech: Speech, assessment: Assessment): Html =>
  html`<span class="chip ${assessment.light}"
    ><i aria-hidden="true">${shapes[assessment.light]}</i>${speech.say(statusOf(assessment))}</span
  >`;

export interface SiteColumn<Row> {
  readonly head: Printable;
  readonly number?: boolean;
  readonly of: (row: Row) => Printable;
}

interface SiteTable<Row> {
  readonly caption: string;
  readonly columns: readonly SiteColumn<Row>[];
  /** With a heading across all columns, unless it is undefined. */
  readonly groups: readonly { readonly name?: Printable; readonly rows: readonly Row[] }[];
}

/** A table that scrolls by itself where the window is too narrow for it. */
export const tableOf = <Row>({ caption, columns, groups }: SiteTable<Row>): Html =>
  html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ head, number }) => html`<th scope="col" class="${number && 'number'}">${head}</th> `)}
        </tr>
      </thead>
      ${groups.map(
        ({ name, rows }) =>
          html`<tbody>
            ${
              name !== undefined &&
              html`<tr class="group">
                <th colspan="${columns.length}" scope="rowgroup">${name}</th>
              </tr> `
            }
            ${rows.map(
              (row) =>
                html`<tr>
                  ${columns.map((column, at) => cellOf(column, row, at === 0))}
                </tr> `,
            )}
          </tbody> `,
      )}
    </table>
  </div> `;

const cellOf = <Row>({ number, of }: SiteColumn<Row>, row: Row, isHead: boolean): Html =>
  isHead ? html`<th scope="row">${of(row)}</th> ` : html`<td class="${number && 'number'}">${of(row)}</td> `;

/** Terms with what is said of each; what is undefined, false or '' is left out. */
export const factsOf = (entries: readonly (readonly [term: string, content: Printable])[]): Html =>
  html`<dl>
    ${entries
      .filter(([, content]) => content !== undefined && content !== false && content !== '')
      .map(
        ([term, content]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${content}</dd>
          </div> `,
      )}
  </dl> `;
