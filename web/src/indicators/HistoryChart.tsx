import { LineChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { History, IndicatorForecast } from '../api/types';
import { useIsDark } from '../theme';
import { chartOption } from './chart-option';
import { t } from '../shared/i18n';

register([LineChart, ScatterChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

interface Props {
  readonly history: History;
  readonly momentText: string;
  /** Its chosen method is drawn as a fan. */
  readonly forecast?: IndicatorForecast | undefined;
}

/**
 * Chart of first reported values, values as known, targets and required values. `PointsTable` contains the same
 * numbers.
 */
export function HistoryChart({ history, momentText, forecast }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const isDark = useIsDark();
  useEffect(() => {
    const element = place.current!;
    const chart = init(element, undefined, { renderer: 'svg' });
    const draw = () => {
      chart.resize();
      chart.setOption(chartOption({ history, momentText, forecast }, element.clientWidth < 560), true);
    };
    draw();
    const resized = new ResizeObserver(draw);
    resized.observe(element);
    return () => {
      resized.disconnect();
      chart.dispose();
    };
  }, [history, momentText, forecast, isDark]);
  return (
    <div
      ref={place}
      className="history-chart"
      data-testid="chart"
      role="img"
      aria-label={t('{{name}}历年走势', { name: history.name })}
    />
  );
}
