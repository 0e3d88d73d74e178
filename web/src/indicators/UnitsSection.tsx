import { IndicatorLink } from '../app/links';
import { isMeasured, type Row } from '../api/types';
import { figure, percent, signed } from '../format';
import { FigureValue } from '../figures/FigureValue';
import { ProgressBar } from '../overview/ProgressBar';
import { cellOf, laterText } from '../overview/reading';
import { DemoTag } from '../shared/DemoTag';
import { StatusTag } from '../shared/StatusTag';
import { t } from '../shared/i18n';
import { judgedUnits, unitLabel, useScope } from '../state/scope';
import { absenceText } from '../words';

const nothing = <span className="none">—</span>;

/** The indicator at all units, in the period of the page. */
export function UnitsSection({ row }: { readonly row: Row }) {
  const { plan, unit: chosen } = useScope();
  const lines = judgedUnits(plan.units).flatMap(({ code }) => {
    const cell = cellOf(row, code);
    return cell ? [{ code, cell }] : [];
  });
  if (lines.length < 2) return null;
  return (
    <section data-testid="units">
      <h2>
        {t('各单位')} <small>{row.period}</small>
      </h2>
      <table className="plain-table cards">
        <thead>
          <tr>
            <th scope="col">{t('单位')}</th>
            <th scope="col" className="number">
              {t('本期值')}
            </th>
            <th scope="col" className="number">
              {t('完成进度')}
            </th>
            <th scope="col" className="number">
              {t('序时进度')}
            </th>
            <th scope="col" className="number">
              {t('超前/滞后')}
            </th>
            <th scope="col">{t('判断')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ code, cell: { value, assessment, later } }) => (
            <tr key={code} className={code === chosen.code ? 'chosen' : undefined} data-unit={code}>
              <th scope="row">
                <IndicatorLink code={row.code} unit={code}>
                  {unitLabel(plan.units, code)}
                </IndicatorLink>
              </th>
              <td data-label={t('本期值')} className="number">
                <FigureValue
                  figure={{
                    ...{ code: row.code, name: row.name, unit: code, period: row.period },
                    shown: isMeasured(value) ? figure(value.shown) : absenceText(value),
                    unitOfMeasure: row.definition.unitOfMeasure,
                  }}
                >
                  {isMeasured(value) ? (
                    <strong>{figure(value.shown)}</strong>
                  ) : (
                    <span className="absent">{absenceText(value)}</span>
                  )}
                </FigureValue>
                {value.demo && <DemoTag />}
                {laterText({ value, later }) && <span className="later">{laterText({ value, later })}</span>}
              </td>
              <td data-label={t('完成进度')} className="number">
                {assessment.progress === undefined ? nothing : percent(assessment.progress)}
                <ProgressBar progress={assessment.progress} scheduled={assessment.scheduled} light={assessment.light} />
              </td>
              <td data-label={t('序时进度')} className="number">
                {assessment.scheduled === undefined ? nothing : percent(assessment.scheduled)}
              </td>
              <td data-label={t('超前/滞后')} className={`number lead ${assessment.light}`}>
                {assessment.lead === undefined ? nothing : signed(assessment.lead)}
              </td>
              <td data-label={t('判断')}>
                <StatusTag {...assessment} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
