import { reportSheet } from '../reports/style.js';

/** The style sheet of the site: that of the report, and what is around it. */
export const siteStyle = (): string => `${reportSheet()}${frame}${chart}${print}`;

const frame = `
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; padding: .3em .8em; background: #fff; }
.head, footer { max-width: 1080px; margin: 0 auto; padding: 12px 56px; background: #fff; font-family: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", SimHei, sans-serif; }
.head { display: flex; flex-wrap: wrap; gap: 4px 28px; align-items: baseline; border-bottom: 1px solid var(--line); }
.head .plan { flex: 1 0 100%; margin: .4em 0 0; font-weight: 600; }
.head ul, .neighbours ul { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0; padding: 0; list-style: none; }
.head nav { flex: 1; }
.head [aria-current] { color: #1a1a1a; font-weight: 600; text-decoration: none; }
main { padding-top: 20px; }
h1 { margin: .4em 0 .6em; font-size: 1.7em; line-height: 1.4; }
a { color: #1c4f8f; }
a:focus-visible, .scroll:focus-visible { outline: 2px solid #1c4f8f; outline-offset: 2px; }
footer { border-top: 1px solid var(--line); font-size: .82em; color: #444; }
.verdict { font-size: 1.15em; font-weight: 600; }
.neighbours { margin-top: 2.4em; padding-top: .8em; border-top: 1px solid var(--line); font-size: .9em; }
article > .chapter:first-of-type h2 { margin-top: 1.2em; }
dt { flex-basis: 9.5em; }
main > dl { margin: 1em 0; }
main > .scroll tbody th { min-width: 9em; }
.command { display: block; margin: .3em 0; padding: .4em .7em; background: #f1f3f5; white-space: pre-wrap; }
`;

const chart = `
figure { margin: 1em 0; }
figcaption { font-size: .82em; color: #444; max-width: 560px; text-align: center; }
.chart { display: block; width: 100%; max-width: 560px; height: auto; background: #fff; }
.chart text { font: 11px "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", SimHei, sans-serif; fill: #333; }
.chart .grid line { stroke: #ddd; stroke-width: 1; }
.chart polyline { fill: none; stroke-width: 2; }
.chart polyline.value { stroke: #1c4f8f; }
.chart circle.value { fill: #1c4f8f; }
.chart .required { stroke: #777; stroke-width: 1.5; stroke-dasharray: 5 4; }
.chart path.target { fill: #fff; stroke: #a31515; stroke-width: 2; }
@media (max-width: 720px) {
  .head, footer { padding: 10px 16px; }
  main > .scroll table { min-width: 0; }
  main > .scroll th, main > .scroll td { padding: .35em .3em; }
  main > .scroll .chip, main > .scroll thead th { white-space: normal; overflow-wrap: normal; }
  .headline { padding: 14px 16px; }
}
`;

const print = `
@media print {
  .head nav, .head .other, .skip, .neighbours { display: none; }
  .head, footer { max-width: none; padding: 0; }
  .chart { max-width: 120mm; }
}
@page { size: A4 portrait; margin: 18mm 16mm; }
@page wide { size: A4 landscape; margin: 16mm 14mm; }
`;
