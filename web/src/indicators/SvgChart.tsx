import { LineChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useIsDark } from '../theme';

register([
  LineChart,
  ScatterChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
]);

interface Props {
  /** What is drawn, in a narrow place or in a wide one. */
  readonly option: (isNarrow: boolean) => Readonly<Record<string, unknown>>;
  readonly label: string;
  readonly testId: string;
}

/** A chart that is drawn anew when its place, its content or the colours change. */
export function SvgChart({ option, label, testId }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const isDark = useIsDark();
  useEffect(() => {
    const element = place.current!;
    const chart = init(element, undefined, { renderer: 'svg' });
    const draw = () => {
      chart.resize();
      chart.setOption(option(element.clientWidth < 560), true);
    };
    draw();
    const resized = new ResizeObserver(draw);
    resized.observe(element);
    return () => {
      resized.disconnect();
      chart.dispose();
    };
  }, [option, isDark]);
  return <div ref={place} className="history-chart" data-testid={testId} role="img" aria-label={label} />;
}
