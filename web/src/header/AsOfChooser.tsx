import { Button, DatePicker, Slider, Tag } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { today as todayIn } from '../format';
import { useSearchChange } from '../app/links';
import { t } from '../shared/i18n';
import { firstCalendarYear, halfYearAfter } from '../state/periods';
import { useScope } from '../state/scope';
import { dateOfStep, stepOfDate, timelineOf, type Timeline } from '../state/timeline';

/** Chooser of the known time: date field, slider of months, and shortcuts. */
export function AsOfChooser() {
  const { plan, moment } = useScope();
  const { asOf, atPosition } = moment;
  const change = useSearchChange();
  const choose = (day: string | undefined) => change({ asOf: day });
  const today = todayIn(plan.timeZone);
  const midtermKnown = plan.midterm && halfYearAfter(plan.midterm, plan);
  return (
    <div className="chooser as-of">
      <span className="chooser-label">{t('截至')}</span>
      <DatePicker
        aria-label={t('截至日期')}
        className="as-of-date"
        allowClear={false}
        inputReadOnly={false}
        value={dayjs((asOf ?? today).slice(0, 10))}
        maxDate={dayjs(today)}
        onChange={(date) => {
          const text = date?.format('YYYY-MM-DD');
          choose(text === undefined || text >= today ? undefined : text);
        }}
      />
      <span className="quick">
        {midtermKnown && midtermKnown < today && (
          <Button
            type={asOf === midtermKnown ? 'primary' : 'default'}
            aria-pressed={asOf === midtermKnown}
            onClick={() => choose(midtermKnown)}
          >
            {t('{{day}} 中期', { day: midtermKnown })}
          </Button>
        )}
        <Button
          type={asOf === undefined ? 'primary' : 'default'}
          aria-pressed={asOf === undefined}
          onClick={() => choose(undefined)}
        >
          {t('今日')}
        </Button>
      </span>
      {atPosition !== undefined && (
        <Tag closable onClose={() => change({ at: undefined })} color="blue">
          {t('系统记录序号 {{at}}', { at: atPosition })}
        </Tag>
      )}
      <MonthSlider timeline={timelineOf(firstCalendarYear(plan), today)} asOf={asOf} choose={choose} />
    </div>
  );
}

interface SliderProps {
  readonly timeline: Timeline;
  readonly asOf: string | undefined;
  readonly choose: (day: string | undefined) => void;
}

function MonthSlider({ timeline, asOf, choose }: SliderProps) {
  const committed = stepOfDate(timeline, asOf?.slice(0, 10));
  const [sliding, slideTo] = useState<number>();
  const label = (at: number | undefined) =>
    at === committed ? (asOf?.slice(0, 10) ?? t('今日')) : (dateOfStep(timeline, at ?? 0) ?? t('今日'));
  return (
    <Slider
      className="month-slider"
      min={0}
      max={timeline.steps}
      value={sliding ?? committed}
      marks={marksOf(timeline)}
      ariaLabelForHandle={t('截至日期时间轴')}
      ariaValueTextFormatterForHandle={(at) => label(at)}
      tooltip={{ formatter: label }}
      onChange={slideTo}
      onChangeComplete={(at) => {
        slideTo(undefined);
        if (at !== committed) choose(dateOfStep(timeline, at));
      }}
    />
  );
}

function marksOf({ first, steps }: Timeline): Record<number, string> {
  const startYear = Number(first.slice(0, 4));
  const years: Record<number, string> = {};
  for (let step = 0; step < steps - 5; step += 12) years[step] = String(startYear + step / 12);
  return { ...years, [steps]: t('今日') };
}
