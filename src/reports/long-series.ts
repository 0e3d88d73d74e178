import { absentWords } from '../assessment/words.js';
import type { BaseAgreement, LongPart, LongPoint, LongSeries } from '../overview/long-series.js';
import { demoMark } from './marks.js';
import {
  absent,
  groupRow,
  heading,
  note,
  paragraph,
  row,
  table,
  value,
  type Blocks,
  type Line,
  type Row,
} from './model.js';
import type { Subject } from './subject.js';
import { none } from './words.js';

/** 跨规划序列: the indicators that continue one of an earlier plan, period by period through both. */
export function longSeries({ content, top }: Subject): Blocks {
  const { longSeries: all = [] } = content;
  if (all.length === 0) return undefined;
  return [
    paragraph(`以下为${top.name}的数值。一个规划的基期与上一规划同一期的数值并列；折算值为原口径的数值乘以折算系数。`),
    all.map((series, at) => [
      heading(series.code, ' ', series.name, demoMark(series.demo)),
      paragraph(continuedText(series)),
      seriesTable(series, `/longSeries/${at}`),
      series.beyond && note(beyondText(series.beyond)),
    ]),
  ];
}

const beyondText = ({ plan, indicator }: NonNullable<LongSeries['beyond']>): string =>
  `该指标还衔接规划 ${plan} 的指标 ${indicator}，其中没有本单位或该指标的数值。`;

/** How each part goes on, and whether the base is what the plan before had. */
function continuedText({ parts, bases }: LongSeries): string {
  const links = parts.slice(0, -1).map((part, at) => linkText(part, parts[at + 1]!));
  return [...links, ...bases.map(baseText)].join('');
}

function linkText({ title, code, name, continued }: LongPart, next: LongPart): string {
  const { definition, factor, basis } = continued!;
  const from = `${next.title}的${next.code}衔接${title}的${code} ${name}：`;
  const because = basis === undefined ? '' : `（${basis}）`;
  if (definition === 'same') return `${from}口径相同，数值直接比较。`;
  if (factor === undefined) return `${from}口径不同，没有折算系数，前后不可比${because}。`;
  return `${from}口径不同，折算系数 ${factor}${because}。`;
}

function baseText({ period, shown, former, outcome }: BaseAgreement): string {
  const other = former.rebased === undefined ? former.shown : `${former.shown}（折算 ${former.rebased}）`;
  if (outcome === 'agrees') return `基期（${period}）与原规划一致，为 ${shown}。`;
  const because = outcome === 'differs' ? '不一致' : '口径不同，不可比';
  return `基期（${period}）为 ${shown}，原规划为 ${other}，${because}。`;
}

function seriesTable(series: LongSeries, path: string) {
  const isRebased = series.parts.some(({ points }) => points.some(({ rebased }) => rebased !== undefined));
  const columns = [
    { head: '期间' },
    { head: '数值', number: true },
    ...(isRebased ? [{ head: `折算值（${series.unitOfMeasure}）`, number: true }] : []),
    { head: '目标', number: true },
    { head: '说明' },
  ];
  const rows = series.parts.flatMap((part, at): Row[] => [
    groupRow(`${part.title}：${part.code}，${part.unitOfMeasure}`),
    ...part.points.map((point, index) => {
      const place = `${path}/parts/${at}/points/${index}`;
      return row(
        point.period,
        [shownText(point, place), demoMark(point.demo)],
        ...(isRebased ? [point.rebased === undefined ? none : value(point.rebased, `${place}/rebased`)] : []),
        [point.target ?? none, demoMark(point.targetDemo ?? false)],
        remark(point, part),
      );
    }),
  ]);
  return table(`${series.name}：跨规划序列`, columns, rows, { look: ['figures'] });
}

const shownText = ({ shown, absent: why }: LongPoint, path: string): Line =>
  shown === undefined ? absent(why === undefined ? none : absentWords[why]) : value(shown, `${path}/shown`);

function remark({ isBase }: LongPoint, { startYear, startsAnew, factor }: LongPart): string {
  const words = [
    isBase ? '基期' : undefined,
    startsAnew && !isBase ? `自 ${startYear} 年起累计` : undefined,
    factor === undefined ? '与本规划不可比' : undefined,
  ];
  return words.filter((word) => word !== undefined).join('；');
}
