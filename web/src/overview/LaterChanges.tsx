import { IndicatorLink } from '../app/links';
import { isMeasured, type Overview } from '../api/types';
import { figure } from '../format';
import { DemoTag } from '../shared/DemoTag';
import { unitLabel, useScope } from '../state/scope';
import { absenceText } from '../words';
import { cellOf, laterCauses, laterText } from './reading';
import { t } from '../shared/i18n';

interface Props {
  readonly overview: Overview;
  readonly unit: string;
}

/** The values that changed after the selected moment, with reasons. */
export function LaterChanges({ overview, unit }: Props) {
  const { plan, momentText } = useScope();
  if (overview.asOf === undefined && overview.atPosition === undefined) return null;
  const changed = overview.indicators.flatMap((row) => {
    const cell = cellOf(row, unit);
    return cell && laterText(cell) !== undefined ? [{ row, cell }] : [];
  });
  return (
    <aside className="later-changes" data-testid="later-changes" aria-label={t('此后的变化')}>
      <strong>
        {changed.length === 0
          ? t('{{moment}} 之后，{{unit}}本期各项数值没有变化', {
              moment: momentText,
              unit: unitLabel(plan.units, unit),
            })
          : t('{{moment}} 之后，{{unit}}有 {{count}} 项数值变化', {
              moment: momentText,
              unit: unitLabel(plan.units, unit),
              count: changed.length,
            })}
      </strong>
      {changed.length > 0 && (
        <ul>
          {changed.map(({ row, cell }) => (
            <li key={row.code}>
              <IndicatorLink code={row.code}>
                {row.code} {row.name}
              </IndicatorLink>{' '}
              <span className="number">
                {t('当时：{{shown}}', {
                  shown: isMeasured(cell.value) ? figure(cell.value.shown) : absenceText(cell.value),
                })}
                {t('；')}
                <b>{laterText(cell)}</b>
                {cell.value.demo && <DemoTag />}
              </span>
              {laterCauses(row, cell, overview).map(({ key, text }) => (
                <span key={key} className="muted cause">
                  {text}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </aside>
  );
}
