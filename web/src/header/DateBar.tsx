import { t } from '../shared/i18n';
import { unitLabel, useScope } from '../state/scope';
import { MomentChooser } from './MomentChooser';
import { PeriodChooser } from './PeriodChooser';
import { useTravel } from './travel';
import { UnitChooser } from './UnitChooser';

/** What a reading page shows: of which unit, of which period, as known when. */
export function DateBar() {
  const { plan, period, unit, moment, momentText } = useScope();
  const { today } = useTravel().timeline;
  const isPast = moment.asOf !== undefined || moment.atPosition !== undefined;
  return (
    <>
      <section className="date-bar" aria-label={t('单位、期间与掌握日期')}>
        <UnitChooser />
        <PeriodChooser />
        <MomentChooser />
      </section>
      <p className="printed-scope">
        {t('{{unit}} · 期间 {{period}} · 截至 {{moment}} 掌握的数据 · {{today}} 打印', {
          unit: unitLabel(plan.units, unit.code),
          period,
          moment: isPast ? momentText : today,
          today,
        })}
      </p>
    </>
  );
}
