import type { LongSeries } from '../api/types';
import { colours, fontFamily } from '../theme';
import { t } from '../shared/i18n';

type Point = LongSeries['parts'][number]['points'][number];

/** What is drawn of a point: the value under the definition of the indicator that was asked for. */
const drawn = ({ shown, rebased }: Point): number | null => (shown === undefined ? null : Number(rebased ?? shown));

/** A line for each plan over all periods; those that do not compare are grey; targets are diamonds. */
export function longSeriesOption(series: LongSeries, isNarrow: boolean) {
  const look = colours();
  const text = { color: look.text, fontFamily };
  const periods = [...new Set(series.parts.flatMap(({ points }) => points.map(({ period }) => period)))].sort();
  const base = series.parts.at(-1)!.points.find(({ isBase }) => isBase)?.period;
  const at = (points: readonly Point[], of: (point: Point) => number | null) =>
    periods.map((period) => {
      const point = points.find((each) => each.period === period);
      return point === undefined ? null : of(point);
    });
  const own = series.parts.at(-1)!;
  const lines = series.parts.map((part) => {
    const color = part.factor === undefined ? look.grey : part === own ? look.ink : look.link;
    return {
      ...{ name: part.title, type: 'line', data: at(part.points, drawn), symbol: 'circle', symbolSize: 7 },
      lineStyle: { color, width: 2.2, type: part.factor === undefined ? 'dashed' : 'solid' },
      itemStyle: { color },
      ...(part === own &&
        base !== undefined && {
          markLine: {
            ...{ silent: true, symbol: 'none', data: [{ xAxis: base }] },
            lineStyle: { color: look.grey, type: 'dashed' },
            label: { formatter: t('衔接'), color: look.muted },
          },
        }),
    };
  });
  const targets = series.parts
    .filter(({ factor }) => factor === '1')
    .map(({ points }) => at(points, ({ target }) => numberOf(target)));
  return {
    animation: false,
    textStyle: text,
    aria: { enabled: true, label: { description: t('{{name}}跨规划走势，数据见下表', { name: series.name }) } },
    grid: { left: 12, right: 24, top: isNarrow ? 76 : 52, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemGap: 18, textStyle: text },
    tooltip: { trigger: 'axis', textStyle: text, confine: true },
    xAxis: {
      type: 'category',
      data: periods,
      axisLabel: { color: look.muted, fontSize: 13 },
      axisTick: { show: false },
    },
    yAxis: {
      ...{ type: 'value', scale: true, name: series.unitOfMeasure, boundaryGap: ['12%', '10%'] },
      nameTextStyle: { color: look.muted, align: 'left', padding: [0, 0, 0, -20] },
      axisLabel: { color: look.muted },
      splitLine: { lineStyle: { color: look.line } },
    },
    series: [
      ...lines,
      {
        ...{ name: t('目标'), type: 'scatter', symbol: 'diamond', symbolSize: 13 },
        data: periods.map(
          (_, index) => targets.map((each) => each[index] ?? null).find((value) => value !== null) ?? null,
        ),
        itemStyle: { color: look.red },
      },
    ],
  };
}

const numberOf = (target: string | undefined): number | null =>
  target === undefined || target.includes('..') ? null : Number(target.replace(/^[<>]/, ''));
