import { lastDayOf } from '../../kernel/period.js';
import { dayAfter } from '../../kernel/time.js';
import type { Look } from '../mark.js';

const dayMs = 86_400_000;

/** The value became known later than so many days after the end of its period. */
export const overdue: Look = ({ period, calendar, day }, { days }) => {
  const end = lastDayOf(period, calendar);
  const late = (Date.parse(day) - Date.parse(end)) / dayMs - Number(days);
  if (late <= 0) return undefined;
  const due = dayAfter(end, Number(days));
  return { message: `应于 ${due} 前上报，逾期 ${late} 天`, numbers: { due, day, late: String(late) } };
};
