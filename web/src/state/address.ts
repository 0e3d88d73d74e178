import type { PlanDocument } from '../api/types';
import { today as todayIn } from '../format';
import type { SearchChange } from '../app/links';
import type { FrameSearch } from '../app/search';
import { findPeriod, isOwn, lastDayOf, yearText } from './periods';
import { judgedUnits, topUnit, unitLabel } from './scope';
import { successorsOf, unitsThen } from './units-in-time';
import { t } from '../shared/i18n';

/** A part of the address that names nothing, and how to go on. */
export interface Unknown {
  readonly text: string;
  readonly wayOut: WayOut;
}

/** Another address: the present one with some parameters changed, one of the app's, or the first page of a plan. */
export type WayOut = { readonly text: string } & (
  { readonly change: SearchChange } | { readonly href: string } | { readonly plan: string }
);

export const toToday: WayOut = { text: t('看今日'), change: { asOf: undefined, at: undefined } };
export const toLatest: WayOut = { text: t('看最新'), change: { at: undefined } };
export const toLatestPeriod: WayOut = { text: t('看最近有数据的期间'), change: { period: undefined } };

/** What the address says of the page as a whole and the plan does not have. Nothing is shown in its place. */
export function unknownIn(state: FrameSearch, plan: PlanDocument): Unknown[] {
  return [unknownUnit(state, plan), unknownPeriod(state, plan), unknownDay(state, plan), unknownPosition(state)].filter(
    (found) => found !== undefined,
  );
}

function unknownUnit({ unit: code }: FrameSearch, { units }: PlanDocument): Unknown | undefined {
  const top = topUnit(units);
  if (code === undefined || !top || judgedUnits(units).some((unit) => unit.code === code)) return undefined;
  const reference = units.find((unit) => unit.code === code);
  const named = judgedUnits(units).filter(({ name }) => code.length > 1 && name.includes(code));
  const meant = named.length === 1 ? named[0] : undefined;
  return {
    text: reference
      ? t('单位 {{code}}（{{name}}）只作对照，不作评价', { code, name: reference.name })
      : meant
        ? t('规划没有单位 {{code}}：您是否指 {{meant}}（{{name}}）？', { code, meant: meant.code, name: meant.name })
        : t('规划没有单位 {{code}}', { code }),
    wayOut: {
      text: t('看{{unit}}', { unit: unitLabel(units, (meant ?? top).code) }),
      change: { unit: meant && meant.code !== top.code ? meant.code : undefined },
    },
  };
}

/** A unit of the plan that did not exist in the period. */
export function unitNotThen({ unit: code = '' }: FrameSearch, plan: PlanDocument, period: string): Unknown | undefined {
  const units = unitsThen(plan, period);
  const unit = units.find((each) => each.code === code);
  if (!unit?.gone) return undefined;
  const heirs = successorsOf(plan, unit.code);
  const heir = heirs.length === 1 ? units.find((each) => each.code === heirs[0] && each.gone !== true) : undefined;
  const isEarly = (unit.from ?? '') > lastDayOf(period, plan);
  const { name } = unit;
  return {
    text: isEarly
      ? t('期间 {{period}} 没有单位 {{code}}（{{name}}）：自 {{from}} 起设立', {
          period,
          code,
          name,
          from: unit.from ?? '',
        })
      : t('期间 {{period}} 没有单位 {{code}}（{{name}}）：自 {{until}} 起已不存在', {
          period,
          code,
          name,
          until: unit.until ?? '',
        }),
    wayOut: {
      text: t('看{{unit}}', { unit: heir ? heir.name : unitLabel(units, topUnit(units)?.code ?? '') }),
      change: { unit: heir?.code },
    },
  };
}

function unknownPeriod({ period }: FrameSearch, plan: PlanDocument): Unknown | undefined {
  if (period === undefined) return undefined;
  const found = findPeriod(period);
  if (!found || !isOwn(found, plan)) {
    return {
      text: t('“{{period}}”不是本规划的期间：期间写作 {{forms}}', { period, forms: periodForms(plan) }),
      wayOut: toLatestPeriod,
    };
  }
  const { startYear, endYear, baseline } = plan;
  const { year } = found;
  if ((year >= startYear && year <= endYear) || year === findPeriod(baseline)?.year) return undefined;
  const years = `${yearText(startYear, plan)}–${yearText(endYear, plan)}`;
  return {
    text: t('期间 {{period}} 在规划年度 {{years}} 和基期 {{baseline}} 之外', { period, years, baseline }),
    wayOut: toLatestPeriod,
  };
}

const periodForms = ({ fiscalYear }: PlanDocument) =>
  fiscalYear
    ? t('FY2022、FY2022-S1、FY2022-Q3 或 FY2022-M03（财政年度自每年 {{firstMonth}} 月起）', {
        firstMonth: fiscalYear.firstMonth,
      })
    : t('2022、2022-S1、2022-Q3 或 2022-03');

function unknownDay({ asOf }: FrameSearch, { timeZone }: PlanDocument): Unknown | undefined {
  if (asOf === undefined || isMoment(asOf)) {
    const isAhead = asOf !== undefined && asOf.slice(0, 10) > todayIn(timeZone);
    return isAhead ? { text: t('{{asOf}} 在未来：数据只掌握到现在', { asOf }), wayOut: toToday } : undefined;
  }
  return { text: t('“{{asOf}}”不是日历上有的日子：日期写作 2023-06-30', { asOf }), wayOut: toToday };
}

function unknownPosition({ at }: FrameSearch): Unknown | undefined {
  if (at === undefined || /^(0|[1-9]\d{0,18})$/.test(at)) return undefined;
  return { text: t('“{{at}}”不是系统记录序号', { at }), wayOut: toLatest };
}

const momentForm = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

const isMoment = (text: string): boolean => {
  const day = momentForm.exec(text)?.[1];
  return day !== undefined && isCalendarDay(day) && !Number.isNaN(Date.parse(text));
};

export function isCalendarDay(text: string): boolean {
  const noon = new Date(`${text}T12:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(noon.getTime()) && noon.toISOString().startsWith(text);
}
