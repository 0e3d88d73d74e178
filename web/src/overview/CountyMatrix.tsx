import { IndicatorLink, UnitLink } from '../app/links';
import type { Matrix } from '../api/types';
import { figure, percent, rounded, signed } from '../format';
import { FigureValue } from '../figures/FigureValue';
import { Heading } from '../shared/Heading';
import { LightIcon } from '../shared/LightIcon';
import { shortName, topUnit, unitLabel, useScope } from '../state/scope';
import { absenceText, absenceWord, statusWords } from '../words';
import { laterTextOf } from './reading';
import { t } from '../shared/i18n';

/** Matrix of indicators and units with value, light and lead. */
export function CountyMatrix({ matrix: { units, rows, demo } }: { readonly matrix: Matrix }) {
  const { plan, unit: chosen } = useScope();
  if (units.length < 2) return null;
  const top = topUnit(units)?.code;
  return (
    <section aria-labelledby="matrix">
      <Heading id="matrix" title={t('各单位一览')}>
        <p>
          {t('每格为本期值与超前/滞后的百分点；点单元格看来历，点单位名看该单位')}
          {demo && <span className="demo-corner-key">{t('右上角有紫角的为示例数据')}</span>}
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
              {units.map(({ code, index: { value, coverage, vetoed } }) => (
                <td key={code} className={code === chosen.code ? 'chosen' : undefined}>
                  <strong>{value === undefined ? '—' : rounded(value, 1)}</strong>
                  <small className="muted">{t('覆盖 {{coverage}}', { coverage: percent(coverage, 0) })}</small>
                  {vetoed.length > 0 && <b className="veto-word">{t('否决')}</b>}
                </td>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.code}>
                <th scope="row">
                  <IndicatorLink code={row.code}>
                    <span className="code">{row.code}</span>
                    {row.name}
                  </IndicatorLink>
                  {row.attribute === 'binding' && <b className="binding">{t('约束性')}</b>}
                </th>
                {units.map(({ code }) => {
                  const cell = row.cells.find(({ unit }) => unit === code);
                  return (
                    <td key={code} className={code === chosen.code ? 'chosen' : undefined}>
                      {cell && <MatrixCell row={row} cell={cell} name={unitLabel(units, code)} />}
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

type MatrixRow = Matrix['rows'][number];

interface CellProps {
  readonly row: MatrixRow;
  readonly cell: MatrixRow['cells'][number];
  readonly name: string;
}

function MatrixCell({ row, cell, name }: CellProps) {
  const { unit, absent, because, status, light, demo } = cell;
  const later = laterTextOf(cell);
  const shown = absent === undefined ? figure(cell.shown ?? '') : absenceText({ absent, because });
  const lead = cell.lead === undefined ? undefined : signed(cell.lead);
  const said = [
    t('{{unit}}，{{indicator}}：{{shown}}，{{status}}', {
      unit: name,
      indicator: row.name,
      shown,
      status: statusWords[status],
    }),
    ...(lead === undefined ? [] : [t('Δ {{lead}} 个百分点', { lead })]),
    ...(later === undefined ? [] : [later]),
    ...(demo ? [t('示例数据')] : []),
  ].join(t('；'));
  return (
    <FigureValue
      figure={{
        ...{ code: row.code, name: row.name, unit, period: row.period, shown },
        unitOfMeasure: row.unitOfMeasure,
      }}
      className={`matrix-cell ${light}${demo ? ' demo' : ''}`}
      title={said}
    >
      <span className="visually-hidden">{said}</span>
      <span className="matrix-value" aria-hidden="true">
        <LightIcon light={light} size={12} />
        {absent === undefined ? (
          <span className="number">{shown}</span>
        ) : (
          <span className="absent">{absenceWord({ absent, because })}</span>
        )}
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
