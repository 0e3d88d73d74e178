import { isMeasured, type History, type HistoryPoint, type IndicatorForecast, type MethodForecast } from '../api/types';
import { colours, fontFamily } from '../theme';
import { t } from '../shared/i18n';

/** The data series of the chart, one number or null per period. */
export interface ChartSeries {
  readonly periods: readonly string[];
  readonly first: readonly (number | null)[];
  readonly known: readonly (number | null)[];
  readonly partial: readonly (number | null)[];
  readonly required: readonly (number | null)[];
  /** Targets that are no ranges. */
  readonly targets: readonly (number | null)[];
  /** The ends of the required ranges. */
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}

const numberOf = (text: string | undefined) => (text === undefined ? null : Number(text));

const partialOf = ({ value }: HistoryPoint) => (isMeasured(value) ? undefined : value.partial?.exact);

export function seriesOf({ points }: History): ChartSeries {
  return {
    periods: points.map(({ period }) => period),
    first: points.map(({ changes }) => numberOf(changes.find(({ shown }) => shown !== undefined)?.shown)),
    known: points.map(({ value }) => (isMeasured(value) ? Number(value.exact) : null)),
    partial: points.map((point) => numberOf(partialOf(point))),
    required: points.map(({ required }) => numberOf(required)),
    targets: points.map(({ target }) => (target?.includes('..') ? null : numberOf(target?.replace(/^[<>]/, '')))),
    lower: points.map(({ range }) => numberOf(range?.lower)),
    upper: points.map(({ range }) => numberOf(range?.upper)),
  };
}

function formatter(decimals: number): (value: unknown) => string {
  const { format } = new Intl.NumberFormat('en', {
    ...{ useGrouping: false, minimumFractionDigits: decimals, maximumFractionDigits: Math.max(decimals, 2) },
  });
  return (value) => (typeof value === 'number' ? format(value) : '—');
}

interface Charted {
  readonly history: History;
  readonly momentText: string;
  readonly forecast: IndicatorForecast | undefined;
}

export function chartOption({ history, momentText, forecast }: Charted, narrow: boolean) {
  const look = colours();
  // Set the font explicitly: echarts measures texts on a canvas, which does not inherit CSS.
  const text = { color: look.text, fontFamily };
  const values = seriesOf(history);
  const hasPartial = values.partial.some((value) => value !== null);
  const hasRange = values.upper.some((value) => value !== null);
  const fan = forecast && fanOf(forecast, values.periods);
  return {
    animation: false,
    textStyle: text,
    aria: { enabled: true, label: { description: t('{{name}}历年数值与目标，数据见下表', { name: history.name }) } },
    grid: { left: 12, right: 24, top: narrow ? 76 : 52, bottom: 8, containLabel: true },
    legend: {
      top: 0,
      left: 0,
      itemGap: 18,
      textStyle: text,
      data: legendOf(momentText, { hasPartial, hasRange, fan }),
    },
    tooltip: { trigger: 'axis', valueFormatter: formatter(history.decimals), textStyle: text, confine: true },
    xAxis: {
      type: 'category',
      data: values.periods,
      axisLabel: { color: look.muted, fontSize: 13 },
      axisLine: { lineStyle: { color: look.grey } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      scale: true,
      boundaryGap: ['12%', '10%'],
      name: history.unitOfMeasure,
      nameTextStyle: { color: look.muted, align: 'left', padding: [0, 0, 0, -20] },
      axisLabel: { color: look.muted },
      splitLine: { lineStyle: { color: look.line } },
    },
    series: [
      {
        name: t('序时要求'),
        type: 'line',
        data: values.required,
        symbol: 'none',
        lineStyle: { type: 'dashed', color: look.grey, width: 1.6 },
        itemStyle: { color: look.grey },
      },
      ...(hasRange
        ? [rangeEnd(t('区间下限'), values.lower, look.red), rangeEnd(t('区间上限'), values.upper, look.red)]
        : []),
      {
        name: t('首次上报'),
        type: 'line',
        data: values.first,
        symbol: 'emptyCircle',
        symbolSize: 11,
        lineStyle: { color: look.yellow, width: 1.4, type: 'dotted' },
        itemStyle: { color: look.yellow },
      },
      {
        name: knownName(momentText),
        type: 'line',
        data: labelled(values),
        symbol: 'circle',
        symbolSize: 7,
        lineStyle: { color: look.ink, width: 2.4 },
        itemStyle: { color: look.ink },
        label: {
          show: true,
          distance: 8,
          color: look.ink,
          fontWeight: 600,
          formatter: ({ dataIndex }: { dataIndex: number }) => shownAt(history, dataIndex),
        },
      },
      ...(hasPartial
        ? [
            {
              name: t('汇总不全（部分单位合计）'),
              type: 'scatter',
              data: values.partial,
              symbol: 'triangle',
              symbolSize: 12,
              itemStyle: { color: look.surface, borderColor: look.grey, borderWidth: 1.6 },
            },
          ]
        : []),
      {
        name: t('目标'),
        type: 'scatter',
        data: labelledTargets(values),
        symbol: 'diamond',
        symbolSize: 14,
        itemStyle: { color: look.red },
        label: {
          show: true,
          distance: 6,
          color: look.red,
          fontWeight: 600,
          formatter: ({ dataIndex }: { dataIndex: number }) => history.points[dataIndex]?.target ?? '',
        },
      },
      ...(fan ? fanSeries(fan, look.link) : []),
    ],
  };
}

const rangeEnd = (name: string, data: readonly (number | null)[], color: string) => ({
  ...{ name, type: 'line', data, symbol: 'none' },
  lineStyle: { type: 'dashed', color, width: 1.2 },
  itemStyle: { color },
});

/** The forecast of the chosen method, from the last value on: null before it. */
interface Fan {
  readonly value: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}

function fanOf({ methods, chosen, values, isSum }: IndicatorForecast, periods: readonly string[]): Fan | undefined {
  const points = methods.find(({ method }) => method === chosen)?.points;
  const last = values.at(-1);
  // The chart has the values of each period, not their sums.
  if (!points || !last || isSum) return undefined;
  const ends = new Map(points.map((point) => [point.period, point]));
  const at = (of: (point: MethodForecast['points'][number]) => string | undefined) =>
    periods.map((period) =>
      numberOf(period === last.period ? last.shown : ends.has(period) ? of(ends.get(period)!) : undefined),
    );
  return {
    value: at(({ value }) => value),
    lower: at(({ interval }) => interval?.lower),
    upper: at(({ interval }) => interval?.upper),
  };
}

/** The value as a dashed line; the interval as an area between its ends, which have no entry in the legend. */
function fanSeries({ value, lower, upper }: Fan, color: string) {
  const end = {
    type: 'line',
    symbol: 'none',
    stack: 'interval',
    stackStrategy: 'all',
    lineStyle: { opacity: 0 },
    silent: true,
    tooltip: { show: false },
  };
  const heights = upper.map((each, index) => (each === null ? null : each - lower[index]!));
  return [
    { ...end, name: t('预测区间下限'), data: lower },
    { ...end, name: t('预测区间'), data: heights, areaStyle: { color, opacity: 0.14 } },
    {
      ...{ name: t('预测'), type: 'line', data: value, symbol: 'emptyCircle', symbolSize: 6 },
      lineStyle: { type: [6, 4], color, width: 1.8 },
      itemStyle: { color },
    },
  ];
}

function shownAt({ points }: History, index: number): string {
  const value = points[index]?.value;
  return value && isMeasured(value) ? value.shown : '';
}

const knownName = (momentText: string) => t('截至{{moment}}掌握', { moment: momentText });

/** The series 序时要求 has no symbols, so its legend icon is a dashed line. */
const legendOf = (
  momentText: string,
  { hasPartial, hasRange, fan }: { hasPartial: boolean; hasRange: boolean; fan: Fan | undefined },
) => [
  { name: t('序时要求'), icon: 'path://M0 9h8v2h-8zM12 9h8v2h-8z' },
  ...(hasRange
    ? [t('区间下限'), t('区间上限')].map((name) => ({ name, icon: 'path://M0 9h8v2h-8zM12 9h8v2h-8z' }))
    : []),
  { name: t('首次上报') },
  { name: knownName(momentText) },
  ...(hasPartial ? [{ name: t('汇总不全（部分单位合计）') }] : []),
  { name: t('目标') },
  ...(fan ? [{ name: t('预测') }] : []),
];

/** Places each value's label on the side away from the target or required value, so that they do not overlap. */
function labelled({ known, required, targets }: ChartSeries) {
  return known.map((value, index) => {
    const other = targets[index] ?? required[index] ?? null;
    const above = value !== null && other !== null && value >= other;
    return value === null ? null : { value, label: { position: above ? 'top' : 'bottom' } };
  });
}

function labelledTargets({ known, targets }: ChartSeries) {
  return targets.map((value, index) => {
    const present = known[index] ?? null;
    const below = value !== null && present !== null && present >= value;
    return value === null ? null : { value, label: { position: below ? 'bottom' : 'top' } };
  });
}
