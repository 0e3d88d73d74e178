import { LineChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { History } from '../api/types';
import { useIsDark } from '../theme';
import { chartOption } from './chart-option';
import { t } from '../shared/i18n';

register([LineChart, ScatterChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

interface Props {
  readonly history: History;
  readonly momentText: string;
}

/**
 * Chart of first reported values, values as known, targets and required values. `PointsTable` contains the same
 * numbers.
 */
export function HistoryChart({ history, momentText }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const isDark = useIsDark();
  useEffect(() => {
    const element = place.current!;
    const chart = init(element, undefined, { renderer: 'svg' });
    const draw = () => {
      chart.resize();
      chart.setOption(chartOption(history, momentText, element.clientWidth < 560), true);
    };
    draw();
    const resized = new ResizeObserver(draw);
    resized.observe(element);
    return () => {
      resized.disconnect();
      chart.dispose();
    };
  }, [history, momentText, isDark]);
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
