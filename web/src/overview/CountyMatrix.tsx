import { UnitLink } from '../app/links';
import { isMeasured, type Cell, type Overview, type Row } from '../api/types';
import { figure, percent, rounded, signed } from '../format';
import { FigureValue } from '../figures/FigureValue';
import { Heading } from '../shared/Heading';
import { LightIcon } from '../shared/LightIcon';
import { judgedUnits, shortName, topUnit, unitLabel, useScope } from '../state/scope';
import { absenceText, absenceWord, statusWords } from '../words';
import { cellOf, indexOf, laterText } from './reading';
import { t } from '../shared/i18n';

/** Matrix of indicators and units with value, light and lead. */
export function CountyMatrix({ overview }: { readonly overview: Overview }) {
  const { plan, unit: chosen } = useScope();
  const units = judgedUnits(overview.units);
  if (units.length < 2) return null;
  const top = topUnit(overview.units)?.code;
  return (
    <section aria-labelledby="matrix">
      <Heading id="matrix" title={t('各单位一览')}>
        <p>
          {t('每格为本期值与超前/滞后的百分点；点单元格看来历，点单位名看该单位')}
          {overview.demo && <span className="demo-corner-key">{t('右上角有紫角的为示例数据')}</span>}
        </p>
      </Heading>
      <div className="table-frame">
        <table className="matrix" data-testid="matrix">
          <thead>
            <tr>
              <th scope="col">{t('指标')}</th>
              {units.map(({ code, name }) => (
                <th scope="col" key={code} className={code === chosen.code ? 'chosen' : undefined}>
                  <UnitLink unit={code}>{code === top ? unitLabel(plan.units, code) : shortName(name)}</UnitLink>
                </th>
              ))}
            </tr>
            <tr className="index-row">
              <th scope="row">{t('综合指数')}</th>
              {units.map(({ code }) => {
                const index = indexOf(overview, code)?.index;
                return (
                  <td key={code} className={code === chosen.code ? 'chosen' : undefined}>
                    <strong>{index?.value === undefined ? '—' : rounded(index.value, 1)}</strong>
                    <small className="muted">
                      {t('覆盖 {{coverage}}', { coverage: percent(index?.coverage ?? '0', 0) })}
                    </small>
                    {index && index.vetoed.length > 0 && <b className="veto-word">{t('否决')}</b>}
                  </td>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {overview.indicators.map((row) => (
              <tr key={row.code}>
                <th scope="row">
                  <span className="code">{row.code}</span>
                  {row.name}
                  {row.attribute === 'binding' && <b className="binding">{t('约束性')}</b>}
                </th>
                {units.map(({ code }) => {
                  const cell = cellOf(row, code);
                  return (
                    <td key={code} className={code === chosen.code ? 'chosen' : undefined}>
                      {cell && <MatrixCell row={row} cell={cell} name={unitLabel(overview.units, code)} />}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function MatrixCell({ row, cell, name }: { readonly row: Row; readonly cell: Cell; readonly name: string }) {
  const { assessment, value } = cell;
  const later = laterText(cell);
  const shown = isMeasured(value) ? figure(value.shown) : absenceText(value);
  const lead = assessment.lead === undefined ? undefined : signed(assessment.lead);
  const said = [
    t('{{unit}}，{{indicator}}：{{shown}}，{{status}}', {
      unit: name,
      indicator: row.name,
      shown,
      status: statusWords[assessment.status],
    }),
    ...(lead === undefined ? [] : [t('Δ {{lead}} 个百分点', { lead })]),
    ...(later === undefined ? [] : [later]),
    ...(value.demo ? [t('示例数据')] : []),
  ].join(t('；'));
  return (
    <FigureValue
      figure={{
        ...{ code: row.code, name: row.name, unit: cell.unit, period: row.period, shown },
        unitOfMeasure: row.definition.unitOfMeasure,
      }}
      className={`matrix-cell ${assessment.light}${value.demo ? ' demo' : ''}`}
      title={said}
    >
      <span className="visually-hidden">{said}</span>
      <span className="matrix-value" aria-hidden="true">
        <LightIcon light={assessment.light} size={12} />
        <span className={isMeasured(value) ? 'number' : 'absent'}>
          {isMeasured(value) ? shown : absenceWord(value)}
        </span>
      </span>
      {lead !== undefined && (
        <small className="number" aria-hidden="true">
          {lead}
        </small>
      )}
      {later && (
        <small className="later" aria-hidden="true">
          {later}
        </small>
      )}
    </FigureValue>
  );
}
