import type { UnitIndicators } from '../api/types';
import { percent, rounded } from '../format';
import { Heading } from '../shared/Heading';
import { yearText } from '../state/periods';
import { periodMark, unitLabel, useScope } from '../state/scope';
import { IndicatorLine } from './IndicatorLine';
import { t } from '../shared/i18n';

export function IndicatorTable({ found }: { readonly found: UnitIndicators }) {
  const { plan, momentText } = useScope();
  const { unit, indicators, areas, period, targetPeriods } = found;
  const mark = periodMark(plan, period);
  const known = new Set<string | undefined>(areas.map(({ area }) => area));
  const groups = [...areas, undefined]
    .map((index) => ({
      index,
      rows: indicators.filter(({ area }) => (index ? area === index.area : !known.has(area))),
    }))
    .filter(({ rows }) => rows.length > 0);
  const final = period >= yearText(plan.endYear, plan);
  return (
    <section aria-labelledby="indicators">
      <Heading id="indicators" title={t('主要指标')}>
        <p>
          {t('{{unit}} · {{period}} 期间 · 截至 {{moment}} 掌握的数据', {
            unit: unitLabel(plan.units, unit),
            period: mark === undefined ? period : t('{{period}}（{{mark}}）', { period, mark }),
            moment: momentText,
          })}
        </p>
      </Heading>
      <div className="table-frame">
        <table className="indicator-table" data-testid="indicators">
          <thead>
            <tr>
              <th scope="col">{t('指标')}</th>
              <th scope="col">{t('属性')}</th>
              <th scope="col" className="number">
                {t('基期')} <small>{found.baseline}</small>
              </th>
              {targetPeriods.map((target) => (
                <th scope="col" className="number" key={target}>
                  {t('目标')} <small>{target}</small>
                </th>
              ))}
              <th scope="col" className="number">
                {t('本期值')} <small>{period}</small>
              </th>
              <th scope="col" className="number">
                {t('完成率')} <small>{t('对终期')}</small>
              </th>
              <th scope="col" className="number">
                {t('进度')} <small>P</small>
              </th>
              <th scope="col" className="number">
                {t('序时进度')} <small>S</small>
              </th>
              <th scope="col" className="number">
                {t('超前/滞后')} <small>{t('百分点')}</small>
              </th>
              <th scope="col">{t('判断')}</th>
              <th scope="col">{final ? t('结论') : t('趋势')}</th>
              <th scope="col">{t('来源')}</th>
            </tr>
          </thead>
          {groups.map(({ index, rows }) => (
            <tbody key={index?.area ?? ''}>
              <tr className="area-row">
                <th colSpan={11 + targetPeriods.length} scope="rowgroup">
                  {index ? index.name : t('其他')}
                  {index && <AreaIndex index={index} />}
                </th>
              </tr>
              {rows.map((indicator) => (
                <IndicatorLine key={indicator.code} indicator={indicator} found={found} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  );
}

function AreaIndex({ index }: { readonly index: UnitIndicators['areas'][number] }) {
  return (
    <small>
      {t('指数 {{index}} · 覆盖 {{coverage}}', {
        index: index.value === undefined ? t('无数据') : rounded(index.value, 1),
        coverage: percent(index.coverage, 0),
      })}
    </small>
  );
}
