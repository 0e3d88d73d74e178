import { useId, useRef, useState } from 'react';
import { t } from '../shared/i18n';
import { typedDay } from '../state/days';

interface Props {
  readonly label: string;
  readonly day: string;
  readonly from: string;
  readonly until: string;
  /** What is said of a day before `from`, by default that the plan has no data then. */
  readonly before?: string;
  readonly choose: (day: string) => void;
}

/** A day that is typed, in the forms that people use, or taken from the browser's own calendar. */
export function DayField({ label, day, from, until, before, choose }: Props) {
  const [text, write] = useState(day);
  const [shown, show] = useState(day);
  const faultId = useId();
  const [fault, setFault] = useState<string>();
  const calendar = useRef<HTMLInputElement>(null);
  // Another day was chosen elsewhere.
  if (shown !== day) {
    show(day);
    write(day);
    setFault(undefined);
  }
  const take = () => {
    if (text === day) return setFault(undefined);
    const typed = typedDay(text);
    if (typed === undefined) return setFault(t('“{{text}}”不是日历上有的日子：写作 2023-06-30', { text }));
    if (typed > until) return setFault(t('{{day}} 在未来：数据只掌握到今日', { day: typed }));
    if (typed < from) return setFault(before ?? t('规划自 {{day}} 起才有数据', { day: from }));
    setFault(undefined);
    if (typed !== day) choose(typed);
  };
  return (
    <span className="day-field">
      <input
        className="field"
        aria-label={label}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : faultId}
        inputMode="numeric"
        value={text}
        onChange={({ target: { value } }) => write(value)}
        onBlur={take}
        onKeyDown={({ key }) => {
          if (key === 'Enter') take();
          if (key === 'Escape') {
            write(day);
            setFault(undefined);
          }
        }}
      />
      <button
        type="button"
        className="field step"
        aria-label={t('打开日历')}
        onClick={() => calendar.current?.showPicker()}
      >
        ▾
      </button>
      <input
        ref={calendar}
        type="date"
        className="calendar"
        tabIndex={-1}
        aria-hidden="true"
        min={from}
        max={until}
        value={day}
        onChange={({ target: { value } }) => value !== '' && choose(value)}
      />
      {fault !== undefined && (
        <span id={faultId} role="alert" className="field-fault">
          {fault}
        </span>
      )}
    </span>
  );
}
