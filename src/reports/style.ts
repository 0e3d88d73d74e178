import { Html } from './markup.js';
import type { Report } from './model.js';

/**
 * The page's style element. It contains no texts of the snapshot, because they cannot be escaped safely in CSS: only
 * the foot, which has none, and the warning of demonstration data.
 */
export const styleOf = ({ foot, demo }: Pick<Report, 'foot' | 'demo'>): Html =>
  new Html(`<style>${paper(foot, demo)}${screen}${print}</style>`);

/** The rules that do not depend on the report, for pages that show one among others. */
export const reportSheet = (): string => `${screen}${print}`;

const paper = (foot: string, demo: boolean) => `
@page {
  size: A4 portrait;
  margin: 18mm 16mm 18mm;
  ${demo ? '@top-right { content: "含示例数据，不得引用"; font: 9pt sans-serif; color: #a40000; }' : ''}
  @bottom-left { content: "${foot}"; font: 8pt sans-serif; color: #555; }
  @bottom-right { content: "第 " counter(page) " 页，共 " counter(pages) " 页"; font: 8pt sans-serif; color: #555; }
}
@page wide { size: A4 landscape; margin: 16mm 14mm; }
`;

const screen = `
:root {
  --green: #1b6b3a; --green-soft: #e4f2e8;
  --yellow: #7a5200; --yellow-soft: #fdf0cf;
  --red: #a31515; --red-soft: #fbe3e1;
  --grey: #555; --grey-soft: #eee;
  --line: #b9b9b9;
}
* { box-sizing: border-box; }
html { color: #1a1a1a; background: #eceef0; }
body { margin: 0; font: 16px/1.75 "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; }
main { max-width: 1080px; margin: 0 auto; padding: 48px 56px; background: #fff; }
h1, h2, h3, h4, table, dt, nav, .box, .banner, .headline, .chip, small, .note, .cutoff {
  font-family: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", SimHei, sans-serif;
}
h2 { margin: 2.2em 0 .8em; padding-bottom: .25em; border-bottom: 2px solid #1a1a1a; font-size: 1.4em; }
h3 { margin: 1.6em 0 .6em; font-size: 1.12em; }
h4 { margin: 1.4em 0 .4em; font-size: 1em; }
p, ul, ol { margin: .5em 0; }
ul, ol { padding-left: 1.6em; }
code { font-family: "Noto Sans Mono CJK SC", Consolas, Menlo, monospace; font-size: .88em; overflow-wrap: anywhere; }
small { display: block; font-size: .82em; line-height: 1.5; color: #555; }
.note { font-size: .82em; line-height: 1.7; color: #444; }

.cover { text-align: center; padding: 40px 0 24px; }
.cover h1 { margin: .4em 0 .6em; font-size: 1.9em; line-height: 1.5; }
.cover h1 span { display: block; font-size: .72em; font-weight: 500; }
.territory { letter-spacing: .2em; }
.cutoff { font-size: 1.05em; }
.box { text-align: left; margin-top: 28px; }
.banner { padding: .7em 1em; border: 2px solid var(--red); color: var(--red); background: var(--red-soft); text-align: left; }
.contents ol { list-style: none; padding: 0; columns: 2; }
.contents h2 { font-size: 1.15em; border: 0; margin-top: 1em; }
.contents a { color: inherit; }

.scroll { overflow-x: auto; margin: .6em 0 1em; }
table { width: 100%; border-collapse: collapse; font-size: .82em; line-height: 1.5; font-variant-numeric: tabular-nums; }
th, td { padding: .4em .5em; border: 1px solid var(--line); text-align: left; vertical-align: middle; overflow-wrap: anywhere; }
thead th { background: #f1f3f5; font-weight: 600; }
tbody th { font-weight: 500; }
.number { text-align: right; }
td.number { white-space: nowrap; }
caption { padding: .4em 0; font-weight: 500; text-align: center; caption-side: top; }
caption span { float: right; color: #444; font-weight: 400; }
.caption { text-align: center; font-size: .82em; }
.figures { font-size: .76em; }
.figures td, .figures th { padding: .3em .4em; }
.group th { background: #f8f8f8; font-weight: 600; }
.detail td { background: #fafafa; }
.item { display: block; }
.absent { color: var(--grey); }
.matrix td { text-align: center; padding: .35em .25em; }
.matrix .value { display: block; font-weight: 600; }
.matrix thead th { text-align: center; }
.matrix .chip { font-size: .9em; }

.chip { display: inline-block; padding: 0 .45em; border-radius: 3px; white-space: nowrap; }
.chip i { font-style: normal; margin-right: .25em; }
.chip.green { color: var(--green); background: var(--green-soft); }
.chip.yellow { color: var(--yellow); background: var(--yellow-soft); }
.chip.red { color: var(--red); background: var(--red-soft); }
.chip.grey { color: var(--grey); background: var(--grey-soft); }
.flag { position: relative; top: -.45em; margin-left: 1px; font: 10px/0 sans-serif; color: var(--red); vertical-align: baseline; }
.assumed { margin-right: .5em; padding: 0 .35em; border: 1px solid var(--yellow); border-radius: 3px; color: var(--yellow); }

.headline { display: flex; flex-wrap: wrap; gap: 16px 32px; align-items: center; margin: 1em 0; padding: 18px 24px; border: 1px solid var(--line); }
.index b { font-size: 3.2em; line-height: 1.1; }
.index span { display: block; font-size: .9em; }
.note .flag { top: -.25em; }
.tally { flex: 1; display: flex; flex-wrap: wrap; gap: 10px 20px; list-style: none; padding: 0; margin: 0; }
.tally b { margin-left: .4em; font-size: 1.3em; }

.bar { position: relative; height: 14px; background: #f0f0f0; }
.bar i { position: absolute; inset: 0 auto 0 0; }
.bar b { position: absolute; top: -4px; bottom: -4px; width: 2px; margin-left: -1px; background: #111; }
.bar .green { background: #5aa873; } .bar .yellow { background: #e0b04a; }
.bar .red { background: #cf6258; } .bar .grey { background: #aaa; }

dl { margin: .4em 0; font-size: .9em; }
dl div { display: flex; gap: 1em; padding: .25em 0; border-bottom: 1px dotted var(--line); }
dt { flex: 0 0 6em; font-weight: 600; }
dd { margin: 0; flex: 1; min-width: 0; overflow-wrap: anywhere; }
.together { margin-bottom: 1.6em; }

@media (max-width: 720px) {
  main { padding: 20px 16px; }
  .contents ol { columns: 1; }
  dl div { display: block; }
  table { min-width: 560px; }
}
`;

const print = `
@media print {
  html { background: none; }
  body { font-size: 10.5pt; line-height: 1.6; }
  main { max-width: none; margin: 0; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .wide { page: wide; }
  .cover { padding-top: 12mm; }
  .scroll { overflow: visible; }
  .contents { break-after: page; }
  a { text-decoration: none; }
  h2, h3, h4 { break-after: avoid; }
  h2 { margin-top: 1.4em; }
  .wide h2 { margin-top: 0; }
  .wide table { font-size: 8pt; line-height: 1.35; }
  .matrix th, .matrix td { padding: .22em .2em; }
  .wide .note { font-size: 7.5pt; line-height: 1.5; }
  thead { display: table-header-group; }
  tr, dl div, li, .headline, .banner, .note, .keep, .together { break-inside: avoid; }
  .group, .together h4 + p, p:has(+ ul), caption { break-after: avoid; }
  p { orphans: 3; widows: 3; }
  .together { margin-bottom: .9em; }
  .together p { line-height: 1.5; margin: .3em 0; }
  .together dl div { padding: .12em 0; line-height: 1.45; }
}
`;
