import type { Overview } from '../api/types';
import { percent, rounded } from '../format';
import { Heading } from '../shared/Heading';
import { yearText } from '../state/periods';
import { periodMark, unitLabel, useScope } from '../state/scope';
import { IndicatorLine } from './IndicatorLine';
import { cellOf, indexOf, targetPeriods } from './reading';
import { t } from '../shared/i18n';

interface Props {
  readonly overview: Overview;
  readonly unit: string;
}

export function IndicatorTable({ overview, unit }: Props) {
  const { plan, momentText } = useScope();
  const { indicators, areas, period } = overview;
  const periods = targetPeriods(indicators);
  const mark = periodMark(plan, period);
  const known = new Set(areas.map(({ code }) => code));
  const groups = [...areas, { code: undefined, name: t('其他') }]
    .map(({ code, name }) => ({
      code,
      name,
      rows: indicators.filter(({ area }) =>
        code === undefined ? area === undefined || !known.has(area) : area === code,
      ),
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
                {t('基期')} <small>{overview.plan.baseline}</small>
              </th>
              {periods.map((target) => (
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
          {groups.map(({ code, name, rows }) => (
            <tbody key={name}>
              <tr className="area-row">
                <th colSpan={11 + periods.length} scope="rowgroup">
                  {name}
                  <AreaIndex overview={overview} unit={unit} area={code} />
                </th>
              </tr>
              {rows.map((row) => {
                const cell = cellOf(row, unit);
                return (
                  cell && <IndicatorLine key={row.code} row={row} cell={cell} periods={periods} overview={overview} />
                );
              })}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  );
}

function AreaIndex({ overview, unit, area }: Props & { readonly area: string | undefined }) {
  const index = indexOf(overview, unit)?.byArea.find((entry) => entry.area === area)?.index;
  if (!index) return null;
  return (
    <small>
      {t('指数 {{index}} · 覆盖 {{coverage}}', {
        index: index.value === undefined ? t('无数据') : rounded(index.value, 1),
        coverage: percent(index.coverage, 0),
      })}
    </small>
  );
}
