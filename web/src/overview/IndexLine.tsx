import type { Summary } from '../api/types';
import { rounded } from '../format';
import { t } from '../shared/i18n';

interface Props {
  readonly line: Summary['index']['line'];
  readonly cap: string;
}

const width = 240;
const height = 48;
const margin = 8;

/** The index of each year that has begun; a year without an index breaks the line. */
export function IndexLine({ line, cap }: Props) {
  const known = line.flatMap(({ value }, at) => (value === undefined ? [] : [{ at, value: Number(value) }]));
  if (known.length < 2) return null;
  const lowest = Math.min(...known.map(({ value }) => value));
  // The line shows changes of a few points; the numbers beside it say how high it is.
  const floor = Math.max(0, lowest - (Number(cap) - lowest) * 0.25 - 1);
  const x = (at: number) => margin + (at / Math.max(line.length - 1, 1)) * (width - 2 * margin);
  const y = (value: number) => height - margin - ((value - floor) / (Number(cap) - floor)) * (height - 2 * margin);
  const path = known
    .map(({ at, value }, index) => `${known[index - 1]?.at === at - 1 ? 'L' : 'M'}${x(at)} ${y(value)}`)
    .join('');
  const text = line
    .map(({ period, value }) => `${period} ${value === undefined ? t('无数据') : rounded(value, 1)}`)
    .join(t('，'));
  return (
    <figure className="index-line">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('各年指数：{{values}}', { values: text })}>
        <path d={path} />
        {known.map(({ at, value }) => (
          <circle key={at} cx={x(at)} cy={y(value)} r="3">
            <title>
              {line[at]?.period} {rounded(String(value), 1)}
            </title>
          </circle>
        ))}
      </svg>
      <figcaption className="muted number">
        {line[0]?.period} – {line.at(-1)?.period}
      </figcaption>
    </figure>
  );
}
