import { isMeasured, type BrokenDown, type HistoryPoint } from '../api/types';
import { figure, percent } from '../format';
import { DemoTag } from '../shared/DemoTag';
import { unitLabel, useScope } from '../state/scope';
import { t } from '../shared/i18n';

interface Props {
  readonly point: HistoryPoint | undefined;
  readonly unitOfMeasure: string;
}

/** The value of the chosen period by each breakdown of the definition. Nothing where the definition has none. */
export function BreakdownSection({ point, unitOfMeasure }: Props) {
  if (!point || !isMeasured(point.value) || !point.value.breakdowns) return null;
  return (
    <section data-testid="breakdowns">
      <h2>
        {t('分组')} <small>{point.period}</small>
        {point.value.demo && <DemoTag />}
      </h2>
      <div className="breakdowns">
        {point.value.breakdowns.map((breakdown) => (
          <BreakdownTable key={breakdown.code} breakdown={breakdown} unitOfMeasure={unitOfMeasure} />
        ))}
      </div>
    </section>
  );
}

interface TableProps {
  readonly breakdown: BrokenDown;
  readonly unitOfMeasure: string;
}

function BreakdownTable({ breakdown: { name, parts, lacking = [] }, unitOfMeasure }: TableProps) {
  const { plan } = useScope();
  if (!parts) {
    return (
      <p className="muted">
        {t('{{name}}：{{count}} 个单位未报这一分组（{{units}}）', {
          name,
          count: lacking.length,
          units: lacking.map((unit) => unitLabel(plan.units, unit)).join(t('、')),
        })}
      </p>
    );
  }
  const hasShares = parts.some(({ share }) => share !== undefined);
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col" className="number">
            {t('数值（{{unitOfMeasure}}）', { unitOfMeasure })}
          </th>
          {hasShares && (
            <th scope="col" className="number">
              {t('占比')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {parts.map(({ code, name: part, shown, components, share }) => (
          <tr key={code}>
            <th scope="row">{part}</th>
            <td className="number">
              {shown === undefined ? <span className="none">—</span> : figure(shown)}
              {components && (
                <small className="muted">
                  {figure(components.numerator)} ÷ {figure(components.denominator)}
                </small>
              )}
            </td>
            {hasShares && <td className="number">{share === undefined ? '—' : percent(share)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
