import { Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useLongSeries } from '../api/continuity-calls';
import type { IndicatorDocument, LongSeries } from '../api/types';
import { figure } from '../format';
import { absentWords } from '../words';
import { DemoTag } from '../shared/DemoTag';
import { t } from '../shared/i18n';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useScope } from '../state/scope';
import { BaseLine } from './BaseLine';
import { longSeriesOption } from './long-series-option';
import { SvgChart } from './SvgChart';

/** An indicator that continues one of an earlier plan: its series through all plans, with breaks and bases. */
export function LongSeriesSection({ indicator }: { readonly indicator: IndicatorDocument }) {
  const { plan, unit, moment } = useScope();
  const { data, error, refetch } = useLongSeries({ plan: plan.plan, code: indicator.code, unit: unit.code, moment });
  return (
    <section aria-labelledby="long-series" data-testid="long-series">
      <h2 id="long-series">
        {t('跨规划序列')} {data?.demo && <DemoTag />}
      </h2>
      {error ? <ProblemAlert error={error} retry={() => void refetch()} /> : data && <Series series={data} />}
    </section>
  );
}

function Series({ series }: { readonly series: LongSeries }) {
  const option = useCallback((isNarrow: boolean) => longSeriesOption(series, isNarrow), [series]);
  const isRebased = series.parts.some(({ points }) => points.some(({ rebased }) => rebased !== undefined));
  return (
    <>
      <Links series={series} />
      {series.bases.map((base) => (
        <BaseLine key={base.plan} base={base} origin={series.origins.find(({ plan }) => plan === base.plan)} />
      ))}
      {series.beyond && (
        <p className="muted">
          {series.beyond.why === 'not-seen'
            ? t('该指标还衔接规划 {{plan}} 的指标 {{indicator}}：您没有查看该规划的权限', series.beyond)
            : t('该指标还衔接规划 {{plan}} 的指标 {{indicator}}：其中没有本单位或该指标', series.beyond)}
        </p>
      )}
      <SvgChart option={option} label={t('{{name}}跨规划走势', { name: series.name })} testId="long-series-chart" />
      <table className="plain-table">
        <caption className="visually-hidden">{t('{{name}}：各规划历期的数值', { name: series.name })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('期间')}</th>
            <th scope="col" className="number">
              {t('数值')}
            </th>
            {isRebased && (
              <th scope="col" className="number">
                {t('折算值（{{unitOfMeasure}}）', { unitOfMeasure: series.unitOfMeasure })}
              </th>
            )}
            <th scope="col" className="number">
              {t('目标')}
            </th>
            <th scope="col">{t('说明')}</th>
          </tr>
        </thead>
        {series.parts.map((part) => (
          <Part key={part.plan} part={part} isRebased={isRebased} />
        ))}
      </table>
    </>
  );
}

/** How each plan goes on with the one before. */
function Links({ series: { parts } }: { readonly series: LongSeries }) {
  return (
    <ul className="plain-list">
      {parts.slice(0, -1).map(({ plan, title, code, name, continued }) => (
        <li key={plan}>
          <Link to="/p/$plan/indicators/$code" params={{ plan, code }}>
            {t('{{title}}：{{code}} {{name}}', { title, code, name })}
          </Link>{' '}
          {continued?.definition === 'same'
            ? t('口径相同，数值直接比较')
            : continued?.factor === undefined
              ? t('口径不同，没有折算系数：前后不可比')
              : t('口径不同，折算系数 {{factor}}', { factor: continued.factor })}
          {continued?.basis !== undefined && (
            <small className="muted">{t('（{{text}}）', { text: continued.basis })}</small>
          )}
        </li>
      ))}
    </ul>
  );
}

type SeriesPart = LongSeries['parts'][number];

function Part({ part, isRebased }: { readonly part: SeriesPart; readonly isRebased: boolean }) {
  return (
    <tbody>
      <tr>
        <th scope="colgroup" colSpan={isRebased ? 5 : 4}>
          {t('{{title}}：{{code}}，{{unitOfMeasure}}', {
            ...{ title: part.title, code: part.code, unitOfMeasure: part.unitOfMeasure },
          })}
        </th>
      </tr>
      {part.points.map((point) => (
        <tr key={point.period}>
          <th scope="row">{point.period}</th>
          <td className="number">
            {point.shown === undefined ? (
              <span className="none">{point.absent === undefined ? '—' : absentWords[point.absent]}</span>
            ) : (
              figure(point.shown)
            )}
            {point.demo && <DemoTag />}
          </td>
          {isRebased && <td className="number">{point.rebased === undefined ? '—' : figure(point.rebased)}</td>}
          <td className="number">
            {point.target ?? '—'}
            {point.targetDemo && <DemoTag />}
          </td>
          <td>{remarkOf(point, part)}</td>
        </tr>
      ))}
    </tbody>
  );
}

const remarkOf = ({ isBase }: SeriesPart['points'][number], { startYear, startsAnew, factor }: SeriesPart): string =>
  [
    isBase && t('基期'),
    startsAnew && !isBase && t('自 {{startYear}} 年起累计', { startYear }),
    factor === undefined && t('与本规划不可比'),
  ]
    .filter((word) => word !== false && word !== undefined)
    .join(t('；'));
