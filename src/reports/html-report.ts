import { html, type Html, type Printable } from './markup.js';
import { shapes } from './marks.js';
import {
  isLines,
  type BarChart,
  type Block,
  type Chapter,
  type Column,
  type Headline,
  type Line,
  type Piece,
  type Report,
  type Row,
  type Table,
} from './model.js';
import { numbersOf, type Numbers } from './numbering.js';
import { styleOf } from './style.js';
import { pageLanguage } from './subject.js';

/** A report as one self-contained HTML page for reading and printing. */
export function htmlReport(report: Report): string {
  const { title, territory, cutOff, banners, front } = report;
  const { contents, chapters } = chaptersAsHtml(report);
  return html`<!doctype html>
    <html lang="${pageLanguage}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title.page}</title>
        ${styleOf(report)}
      </head>
      <body>
        <main>
          <header class="cover">
            <p class="territory">${territory}</p>
            <h1><span>${printed(title.plan)}</span> ${title.kind}</h1>
            <p class="cutoff">${cutOff}</p>
            ${banners.map((banner) => html`<p class="banner">${printed(banner)}</p> `)}
            <div class="box">${printedBlock(front, numbersOf(report))}</div>
          </header>
          ${contents} ${chapters}
        </main>
      </body>
    </html> `.text;
}

/** The table of contents, and the chapters with the annexes, without the cover. */
export function chaptersAsHtml(report: Report): { readonly contents: Html; readonly chapters: readonly Html[] } {
  const numbers = numbersOf(report);
  const chapters = [...report.chapters, ...report.annexes];
  return {
    contents: html`<nav class="contents" aria-label="目录">
      <h2>目录</h2>
      <ol>
        ${chapters.map((chapter) => html`<li><a href="#${chapter.key}">${titleOf(chapter, numbers)}</a></li> `)}
      </ol>
    </nav> `,
    chapters: chapters.map((chapter) => printedChapter(chapter, numbers)),
  };
}

/** `一、总体评价` or `附件1 指标定义`. */
const titleOf = (chapter: Chapter, numbers: Numbers): string => {
  const number = numbers.of(chapter);
  return `${number}${number.endsWith('、') ? '' : '\u3000'}${chapter.title}`;
};

const printedChapter = (chapter: Chapter, numbers: Numbers): Html =>
  html`<section id="${chapter.key}" class="chapter ${chapter.wide && 'wide'}">
    <h2>${titleOf(chapter, numbers)}</h2>
    ${chapter.blocks.map((block) => printedBlock(block, numbers))}
  </section> `;

function printedBlock(block: Block, numbers: Numbers): Html {
  switch (block.kind) {
    case 'heading':
      return block.level === 2
        ? html`<h3>${numbers.ofBlock(block)}${printed(block.of)}</h3> `
        : html`<h4>${numbers.ofBlock(block)} ${printed(block.of)}</h4> `;
    case 'paragraph':
      return html`<p class="${block.look}">${printed(block.of)}</p> `;
    case 'list': {
      const items = block.items.map((each) => html`<li>${printed(each)}</li> `);
      return block.ordered
        ? html`<ol>
            ${items}
          </ol> `
        : html`<ul>
            ${items}
          </ul> `;
    }
    case 'terms':
      return html`<dl>
        ${block.entries.map(
          ([term, content]) =>
            html`<div>
              <dt>${term}</dt>
              <dd>${printed(content)}</dd>
            </div> `,
        )}
      </dl> `;
    case 'table':
      return printedTable(block, numbers);
    case 'bars':
      return printedBars(block, numbers);
    case 'headline':
      return printedHeadline(block);
    case 'together':
      return html`<div class="together">${block.blocks.map((each) => printedBlock(each, numbers))}</div> `;
  }
}

/** Tables with at most this many rows are kept on one page, unless they flow. */
const maxKeptRows = 12;

/** A table with its caption above it; its head is repeated on every printed page. */
function printedTable(block: Table, numbers: Numbers): Html {
  const { caption, unitOfMeasure, columns, rows, source, note, look = [] } = block;
  const isKept = rows.length <= maxKeptRows && !look.includes('flow');
  return html`<div class="scroll ${isKept && 'keep'}" role="region" aria-label="${numbers.ofBlock(block)}" tabindex="0">
      <table class="${look.join(' ')}">
        <caption>
          <b>${numbers.ofBlock(block)}</b>
          ${caption}${unitOfMeasure && html`<span>单位：${unitOfMeasure}</span>`}
        </caption>
        ${
          columns.some(({ width }) => width) &&
          html`<colgroup>
            ${columns.map(({ width }) => (width ? html`<col style="width:${width}" />` : html`<col />`))}
          </colgroup>`
        }
        <thead>
          <tr>
            ${columns.map(({ head, number }) => html`<th scope="col" class="${number && 'number'}">${printed(head)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map((each) => printedRow(columns, each))}
        </tbody>
      </table>
    </div>
    ${source && html`<p class="note">数据来源：${source}</p> `}
    ${note !== undefined && html`<p class="note">注：${printed(note)}</p> `}`;
}

function printedRow(columns: readonly Column[], each: Row): Html {
  if ('group' in each) {
    return html`<tr class="group">
      <th colspan="${columns.length}" scope="rowgroup">${printed(each.group)}</th>
    </tr> `;
  }
  return html`<tr>
      ${each.cells.map((cell, at) =>
        at === 0
          ? html`<th scope="row">${printed(cell)}</th>`
          : html`<td class="${columns[at]?.number && 'number'}">${printed(cell)}</td>`,
      )}
    </tr>
    ${
      each.detail &&
      html`<tr class="detail">
        <td colspan="${columns.length}">${printed(each.detail)}</td>
      </tr> `
    }`;
}

/** The bars as a table, which is read aloud as one: the bar is the value, the line across it the mark. */
function printedBars(block: BarChart, numbers: Numbers): Html {
  const { caption, bars, names } = block;
  const within = (text: string) => Math.min(100, Math.max(0, Number(text))).toFixed(1);
  return html`<div class="scroll keep" role="region" aria-label="${numbers.ofBlock(block)}" tabindex="0">
    <table class="bars">
      <thead>
        <tr>
          <th scope="col" style="width:36%">指标</th>
          <th scope="col">${names.value}（色条）与${names.mark}（竖线）</th>
          <th scope="col" class="number" style="width:9%">${names.value}</th>
          <th scope="col" class="number" style="width:9%">${names.mark}</th>
          <th scope="col" style="width:15%">判断</th>
        </tr>
      </thead>
      <tbody>
        ${bars.map(
          ({ name, value, mark, light, shown, markShown, judgement }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>
                <div class="bar">
                  ${value && html`<i class="${light}" style="width:${within(value)}%"></i>`}${
                    mark && html`<b style="left:${within(mark)}%"></b>`
                  }
                </div>
              </td>
              <td class="number">${shown}</td>
              <td class="number">${markShown}</td>
              <td>${printed(judgement)}</td>
            </tr> `,
        )}
      </tbody>
    </table>
    <p class="caption"><b>${numbers.ofBlock(block)}</b> ${caption}</p>
  </div> `;
}

const printedHeadline = ({ figure, words, tally }: Headline): Html =>
  html`<div class="headline">
    <div class="index"><b>${printed(figure)}</b>${words.map((word) => html`<span>${word}</span> `)}</div>
    <ul class="tally">
      ${tally.map(([word, count]) => html`<li>${printed(word)}<b>${printed(count)}</b></li> `)}
    </ul>
  </div> `;

function printed(line: Line): Printable {
  if (isLines(line)) return line.map(printed);
  if (line === null || typeof line !== 'object') return line;
  return printedPiece(line);
}

function printedPiece(piece: Piece): Printable {
  switch (piece.kind) {
    case 'value':
      return piece.text;
    case 'flag':
      return html`<sup class="flag" title="${piece.meaning}">${piece.letter}</sup>`;
    case 'chip':
      return html`<span class="chip ${piece.light}"><i>${shapes[piece.light]}</i>${printed(piece.word)}</span>`;
    case 'foreign':
      return html`<span lang="${piece.language}">${piece.text}</span>`;
    case 'address':
      return html`<a href="${piece.to}">${piece.to}</a>`;
    case 'break':
      return html`<br />`;
    case 'strong':
      return html`<strong>${printed(piece.of)}</strong>`;
    case 'beside':
      return html`<small>${printed(piece.of)}</small>`;
    case 'code':
      return html`<code>${printed(piece.of)}</code>`;
    case 'absent':
    case 'assumed':
      return html`<span class="${piece.kind}">${printed(piece.of)}</span>`;
    case 'item':
      return html`<span class="item">${printed(piece.of)}</span> `;
  }
}
