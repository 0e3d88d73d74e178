import { Select } from 'antd';
import { today as todayIn } from '../format';
import { DayField } from '../header/DayField';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';

interface Props {
  /** The last day that counts; absent: up to today. */
  readonly until: string | undefined;
  /** The day of the cut-off: what was known then is in the snapshot already. */
  readonly from: string;
  readonly choose: (until: string | undefined) => void;
}

/** Up to when what became known later is put in: today, or a day. */
export function UntilChooser({ until, from, choose }: Props) {
  const today = todayIn(usePlanHere().timeZone);
  return (
    <span className="comparison-side">
      <Select
        aria-label={t('计入至')}
        value={until === undefined ? 'now' : 'day'}
        options={[
          { value: 'now', label: t('今日') },
          { value: 'day', label: t('某日掌握的数据') },
        ]}
        onChange={(value) => choose(value === 'now' ? undefined : today)}
      />
      {until !== undefined && (
        <DayField
          label={t('计入至的日子')}
          day={until}
          from={from}
          until={today}
          before={t('{{day}} 及以前掌握的已在存档里：请填其后的日子', { day: from })}
          choose={choose}
        />
      )}
    </span>
  );
}
