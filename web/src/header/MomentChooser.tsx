import { useState, type KeyboardEvent } from 'react';
import { useSearchChange } from '../app/links';
import { t } from '../shared/i18n';
import { addDays, daysBetween, nearestChanges, nextChange, stepMonth } from '../state/days';
import { halfYearAfter } from '../state/periods';
import { useScope } from '../state/scope';
import { DayField } from './DayField';
import { useTravel } from './travel';

/** Chooser of the known time: a day that is typed, the days on which something became known, and a line of all days. */
export function MomentChooser() {
  const { plan, moment } = useScope();
  const { timeline, preview, look } = useTravel();
  const change = useSearchChange();
  const { firstDay, today } = timeline;
  const chosen = (moment.asOf ?? today).slice(0, 10);
  const shown = preview ?? chosen;
  const choose = (day: string) => {
    look(undefined);
    change({ asOf: day >= today ? undefined : day < firstDay ? firstDay : day });
  };
  const midterm = plan.midterm && halfYearAfter(plan.midterm, plan);
  return (
    <div className="chooser moment">
      <span className="chooser-label">{t('截至')}</span>
      <DayField label={t('截至日期')} day={shown} from={firstDay} until={today} choose={choose} />
      {midterm !== undefined && midterm < today && (
        <button
          type="button"
          className="field quick"
          aria-pressed={moment.asOf === midterm}
          onClick={() => choose(midterm)}
        >
          {t('{{day}} 中期', { day: midterm })}
        </button>
      )}
      <Step direction={-1} from={shown} choose={choose} />
      <DayLine shown={shown} chosen={chosen} choose={choose} />
      <Step direction={1} from={shown} choose={choose} />
      <button
        type="button"
        className="field quick"
        aria-pressed={moment.asOf === undefined && moment.atPosition === undefined}
        onClick={() => change({ asOf: undefined, at: undefined })}
      >
        {t('今日')}
      </button>
    </div>
  );
}

interface StepProps {
  readonly direction: 1 | -1;
  readonly from: string;
  readonly choose: (day: string) => void;
}

/** Leads to the last or next day on which something became known. */
function Step({ direction, from, choose }: StepProps) {
  const { timeline } = useTravel();
  const day = nextChange(timeline, from, direction);
  const label = direction < 0 ? t('上一次有变化的日子') : t('下一次有变化的日子');
  return (
    <button
      type="button"
      className="field step"
      aria-label={label}
      title={day === undefined ? label : `${label} ${day}`}
      disabled={day === undefined}
      onClick={() => day !== undefined && choose(day)}
    >
      {direction < 0 ? '◂' : '▸'}
    </button>
  );
}

interface LineProps {
  readonly shown: string;
  readonly chosen: string;
  readonly choose: (day: string) => void;
}

const monthKeys: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

/** So many days are fetched before they are dragged over. */
const fetchedAhead = 24;

/** All days from the first known one to today. What is dragged over is shown at once, and chosen when it is let go. */
function DayLine({ shown, chosen, choose }: LineProps) {
  const { timeline, look, fetchAhead } = useTravel();
  const { firstDay, today, days } = timeline;
  const whole = daysBetween(firstDay, today);
  const place = (day: string) => `${(daysBetween(firstDay, day) / Math.max(whole, 1)) * 100}%`;
  const [isDragging, drag] = useState(false);
  const within = (day: string) => (day < firstDay ? firstDay : day);
  // The next step of the keys, and the one after it.
  const ahead = (from: string, direction: 1 | -1) => {
    const next = stepMonth(from, direction);
    return [next, stepMonth(next, direction)].filter((day) => day < today).map(within);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = monthKeys[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const day = event.shiftKey ? (nextChange(timeline, shown, direction) ?? shown) : stepMonth(shown, direction);
    if (day === chosen) return;
    choose(day);
    void fetchAhead([day, ...ahead(day, direction)]);
  };
  const years = Array.from({ length: Number(today.slice(0, 4)) - Number(firstDay.slice(0, 4)) }, (_, at) =>
    String(Number(firstDay.slice(0, 4)) + at + 1),
  );
  return (
    <span className="day-line">
      <input
        type="range"
        aria-label={t('截至日期时间轴：方向键按月移动，加 Shift 到有变化的日子')}
        aria-valuetext={shown}
        min={0}
        max={whole}
        value={daysBetween(firstDay, shown)}
        onFocus={() => void fetchAhead([...ahead(chosen, 1), ...ahead(chosen, -1)])}
        onPointerDown={() => {
          drag(true);
          void fetchAhead(nearestChanges(timeline, chosen, fetchedAhead));
        }}
        onChange={({ target: { value } }) => {
          const day = addDays(firstDay, Number(value));
          if (isDragging) look(day);
          else choose(day);
        }}
        onPointerUp={() => {
          drag(false);
          if (shown !== chosen) choose(shown);
          else look(undefined);
        }}
        onPointerCancel={() => {
          drag(false);
          look(undefined);
        }}
        onKeyDown={onKeyDown}
      />
      <span className="day-ticks" aria-hidden="true">
        {days.map(({ day, count }) => (
          <i key={day} title={`${day} ${count}`} style={{ left: place(day) }} />
        ))}
        {years.map((year) => (
          <b key={year} style={{ left: place(`${year}-01-01`) }}>
            {year}
          </b>
        ))}
      </span>
    </span>
  );
}
