import { t } from '../shared/i18n';
import { useScope } from '../state/scope';
import { unitLabel } from '../state/scope';
import { MomentChooser } from './MomentChooser';
import { PeriodChooser } from './PeriodChooser';
import { UnitChooser } from './UnitChooser';

/** What a reading page shows: of which unit, of which period, as known when. */
export function DateBar() {
  const { plan, period, unit, momentText } = useScope();
  return (
    <>
      <section className="date-bar" aria-label={t('单位、期间与掌握日期')}>
        <UnitChooser />
        <PeriodChooser />
        <MomentChooser />
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
