import { Button, DatePicker, Slider, Tag } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { today as todayIn } from '../format';
import { go } from '../state/page-state';
import { firstCalendarYear, halfYearAfter } from '../state/periods';
import { useScope } from '../state/scope';
import { dateOfStep, stepOfDate, timelineOf, type Timeline } from '../state/timeline';

const choose = (asOf: string | undefined) => go({ asOf });

/** Chooser of the known time: date field, slider of months, and shortcuts. */
export function AsOfChooser() {
  const { plan, moment } = useScope();
  const { asOf, atPosition } = moment;
  const today = todayIn(plan.timeZone);
  const midtermKnown = plan.midterm && halfYearAfter(plan.midterm, plan);
  return (
    <div className="chooser as-of">
      <span className="chooser-label">截至</span>
      <DatePicker
        aria-label="截至日期"
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
            {midtermKnown} 中期所知
          </Button>
        )}
        <Button
          type={asOf === undefined ? 'primary' : 'default'}
          aria-pressed={asOf === undefined}
          onClick={() => choose(undefined)}
        >
          今日
        </Button>
      </span>
      {atPosition !== undefined && (
        <Tag closable onClose={() => go({ atPosition: undefined })} color="blue">
          日志位置 {atPosition}
        </Tag>
      )}
      <MonthSlider timeline={timelineOf(firstCalendarYear(plan), today)} asOf={asOf} />
    </div>
  );
}

function MonthSlider({ timeline, asOf }: { readonly timeline: Timeline; readonly asOf: string | undefined }) {
  const committed = stepOfDate(timeline, asOf?.slice(0, 10));
  const [sliding, slideTo] = useState<number>();
  const label = (at: number | undefined) =>
    at === committed ? (asOf?.slice(0, 10) ?? '今日') : (dateOfStep(timeline, at ?? 0) ?? '今日');
  return (
    <Slider
      className="month-slider"
      min={0}
      max={timeline.steps}
      value={sliding ?? committed}
      marks={marksOf(timeline)}
      ariaLabelForHandle="截至日期时间轴"
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
  return { ...years, [steps]: '今日' };
}
