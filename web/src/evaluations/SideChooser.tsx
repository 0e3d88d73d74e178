import { Select } from 'antd';
import { DayField } from '../header/DayField';
import { t } from '../shared/i18n';

/** How the server names a side that is a day. */
export const isDay = (side: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(side);

interface Props {
  readonly label: string;
  readonly side: string | undefined;
  readonly snapshots: readonly { readonly value: string; readonly label: string }[];
  /** The days that can be chosen, and the one that is offered first. */
  readonly days: { readonly from: string; readonly until: string; readonly first: string };
  readonly choose: (side: string) => void;
}

/** One side of a comparison: a snapshot, what was known on a day, or today. */
export function SideChooser({ label, side, snapshots, days: { from, until, first }, choose }: Props) {
  const known = side !== undefined && isDay(side);
  return (
    <span className="comparison-side">
      <Select
        aria-label={label}
        placeholder={t('选某日或一份评估存档')}
        value={known ? 'day' : side}
        options={[{ value: 'now', label: t('今日') }, { value: 'day', label: t('某日掌握的数据') }, ...snapshots]}
        onChange={(value) => choose(value === 'day' ? first : value)}
      />
      {known && <DayField label={t('{{side}}的日子', { side: label })} day={side} {...{ from, until, choose }} />}
    </span>
  );
}
