import { Select } from 'antd';
import { useSearchChange } from '../app/links';
import { t } from '../shared/i18n';
import { judgedUnits, topUnit, unitLabel, useScope } from '../state/scope';
import { AsOfChooser } from './AsOfChooser';
import { PeriodChooser } from './PeriodChooser';

/** What a reading page shows: of which unit, of which period, as known when. */
export function DateBar() {
  const { plan, period, unit, momentText } = useScope();
  const change = useSearchChange();
  const top = topUnit(plan.units)?.code;
  return (
    <>
      <section className="date-bar" aria-label={t('单位、期间与掌握日期')}>
        <label className="chooser">
          <span className="chooser-label">{t('单位')}</span>
          <Select
            aria-label={t('单位')}
            data-testid="unit"
            className="unit-select"
            value={unit.code}
            options={judgedUnits(plan.units).map(({ code }) => ({ value: code, label: unitLabel(plan.units, code) }))}
            onChange={(code) => change({ unit: code === top ? undefined : code })}
          />
        </label>
        <PeriodChooser />
        <AsOfChooser />
      </section>
      <p className="printed-scope">
        {t('{{plan}} · 期间 {{period}} · 截至 {{moment}} 掌握的数据 · {{unit}}', {
          plan: plan.title,
          period,
          moment: momentText,
          unit: unitLabel(plan.units, unit.code),
        })}
      </p>
    </>
  );
}
