import { html, type Html } from '../reports/markup.js';

/** A point of a chart; numbers are absent where there are none. */
export interface ChartPoint {
  readonly label: string;
  readonly value?: number;
  readonly target?: number;
  readonly required?: number;
}

interface ChartWords {
  readonly title: string;
  /** What the chart shows, for whoever does not see it. */
  readonly description: string;
  readonly value: string;
  readonly target: string;
  readonly required: string;
}

const size = { width: 400, height: 250 };
const plot = { left: 46, right: 388, top: 34, bottom: 222 };

/** Values as a line with dots, what is required as a dashed line, targets as diamonds. The same points give the same text. */
export function seriesChart(points: readonly ChartPoint[], words: ChartWords): Html | undefined {
  const numbers = points.flatMap(({ value, target, required }) => [value, target, required]);
  const known = numbers.filter((number) => number !== undefined);
  if (known.length === 0) return undefined;
  const ticks = ticksFor(Math.min(...known), Math.max(...known));
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  const y = (number: number) => round(plot.bottom - ((number - low) / (high - low)) * (plot.bottom - plot.top));
  const step = (plot.right - plot.left) / points.length;
  const x = (at: number) => round(plot.left + step * (at + 0.5));
  const of = (key: 'value' | 'target' | 'required') =>
    points.flatMap((point, at) =>
      point[key] === undefined ? [] : [{ x: x(at), y: y(point[key]), shown: point[key] }],
    );
  const [values, targets, required] = [of('value'), of('target'), of('required')];
  const path = (line: readonly { x: string; y: string }[]) => line.map((each) => `${each.x},${each.y}`).join(' ');
  return html`<svg
    class="chart"
    viewBox="0 0 ${size.width} ${size.height}"
    role="img"
    aria-labelledby="chart-title chart-description"
    xmlns="http://www.w3.org/2000/svg"
  >
    <title id="chart-title">${words.title}</title>
    <desc id="chart-description">${words.description}</desc>
    ${legend(words, { value: values.length > 0, target: targets.length > 0, required: required.length > 1 })}
    <g class="grid">
      ${ticks.map(
        (tick) =>
          html`<line x1="${plot.left}" x2="${plot.right}" y1="${y(tick)}" y2="${y(tick)}" />
            <text x="${plot.left - 6}" y="${y(tick)}" dy="0.35em" text-anchor="end">${numeral(tick)}</text> `,
      )}
    </g>
    <g class="periods">
      ${points.map(({ label }, at) => html`<text x="${x(at)}" y="${plot.bottom + 17}" text-anchor="middle">${label}</text> `)}
    </g>
    ${required.length > 1 && html`<polyline class="required" points="${path(required)}" />`}
    <polyline class="value" points="${path(values)}" />
    ${values.map((each) => html`<circle class="value" cx="${each.x}" cy="${each.y}" r="3.5" /> `)}
    ${targets.map((each) => html`<path class="target" d="${diamond(Number(each.x), Number(each.y))}" /> `)}
  </svg>`;
}

/** What each mark means, from left to right. */
function legend(words: ChartWords, has: Readonly<Record<'value' | 'target' | 'required', boolean>>): Html {
  const marks = {
    value: html`<circle class="value" cx="0" cy="0" r="3.5" />`,
    target: html`<path class="target" d="${diamond(0, 0)}" />`,
    required: html`<line class="required" x1="-7" x2="7" y1="0" y2="0" />`,
  };
  const shown = (['value', 'target', 'required'] as const).filter((key) => has[key]);
  const width = (plot.right - plot.left) / 3;
  return html`<g class="legend">
    ${shown.map(
      (key, at) =>
        html`<g transform="translate(${round(plot.left + 8 + at * width)} 14)">
          ${marks[key]}<text x="12" y="0" dy="0.35em">${words[key]}</text>
        </g> `,
    )}
  </g>`;
}

const diamond = (x: number, y: number): string =>
  `M${round(x)},${round(y - 5)} L${round(x + 5)},${round(y)} L${round(x)},${round(y + 5)} L${round(x - 5)},${round(y)} Z`;

/** Round numbers from at or below the lowest to at or above the highest, about five of them. */
function ticksFor(lowest: number, highest: number): number[] {
  const span = highest - lowest || Math.abs(highest) || 1;
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => span / each <= 4.5)!;
  const [first, last] = [Math.floor(lowest / step), Math.ceil(highest / step)];
  const end = last === first ? last + 1 : last;
  return Array.from({ length: end - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

const numeral = (number: number): string => String(number).replace('-', '−');
const round = (number: number): string => number.toFixed(1);
