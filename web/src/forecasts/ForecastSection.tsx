import type { IndicatorForecast, MethodForecast } from '../api/types';
import { figure } from '../format';
import { t } from '../shared/i18n';
import { expectedWords, intervalText, methodWords } from './forecast-words';

/** What each method expects by the end of the plan; the chart draws the chosen one. */
export function ForecastSection({ forecast }: { readonly forecast: IndicatorForecast }) {
  const { methods, chosen, why, values, target, unitOfMeasure, isSum } = forecast;
  return (
    <section data-testid="forecast">
      <h2>{t('到规划期末的预测')}</h2>
      {why !== undefined ? (
        <p className="muted">{t('不作预测：{{why}}', { why: expectedWords[why] })}</p>
      ) : (
        <>
          <p className="muted">
            {t('由 {{from}} 至 {{to}} 的 {{count}} 期数值推算，供预警参考，不作评价；目标 {{target}} {{unit}}', {
              from: values[0]?.period ?? '',
              to: values.at(-1)?.period ?? '',
              count: values.length,
              target: target?.shown === undefined ? '—' : figure(target.shown),
              unit: unitOfMeasure,
            })}
            {isSum && t('；数值为规划期以来的累计')}
          </p>
          <table className="plain-table cards">
            <thead>
              <tr>
                <th scope="col">{t('方法')}</th>
                {methods[0]?.points.map(({ period }) => (
                  <th scope="col" key={period} className="number">
                    {period}
                  </th>
                ))}
                <th scope="col" className="number">
                  {t('期末的 80% 区间')}
                </th>
                <th scope="col">{t('与目标相比')}</th>
              </tr>
            </thead>
            <tbody>
              {methods.map((method) => (
                <MethodRow key={method.method} method={method} isChosen={method.method === chosen} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

function MethodRow({ method, isChosen }: { readonly method: MethodForecast; readonly isChosen: boolean }) {
  const last = method.points.at(-1)!;
  return (
    <tr className={isChosen ? 'current' : undefined} data-method={method.method}>
      <th scope="row">
        {methodWords[method.method]}
        {isChosen && <small className="muted"> {t('预警依此')}</small>}
      </th>
      {method.points.map(({ period, value, cut }) => (
        <td key={period} className="number" data-label={period}>
          {figure(value)}
          {cut && <small className="muted"> {t('已截至限值')}</small>}
        </td>
      ))}
      <td className="number" data-label={t('期末的 80% 区间')}>
        {intervalText(last.interval)}
      </td>
      <td data-label={t('与目标相比')}>
        {method.meets ? expectedWords.meets : <b className="grave">{expectedWords.misses}</b>}
        {method.certain === true && <small className="note">{t('整个区间都是如此')}</small>}
      </td>
    </tr>
  );
}
