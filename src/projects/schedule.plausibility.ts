import { Decimal } from '../kernel/decimal.js';
import { firstDayOf, lastDayOf, parsePeriod, yearOfDay } from '../kernel/period.js';
import { dayOf, parseKnownTime } from '../kernel/time.js';
import { moneyIn } from '../kernel/unit-of-measure.js';
import { moneyUnit } from '../plans/money.js';
import { yearsText } from '../plans/lookup.js';
import type { AskedCommand, Oddity, Side } from '../slice/plausibility.js';
import type { ProjectContent } from './project.commands.js';
import { declares, type ProjectSight } from './project-sight.js';

/** Years before and after the plan in which a project may start and end; ours. */
const around = 5;

export function scheduleOddities(sight: ProjectSight): Oddity[] {
  return [
    ...[...sight.registered.values()].flatMap((asked) => [...farOutside(asked, sight), ...unlikePrinted(asked, sight)]),
    ...intoThePast(sight),
  ];
}

function farOutside(asked: AskedCommand<ProjectContent>, { plan, draft }: ProjectSight): Oddity[] {
  const { id, name, plannedStart, plannedEnd } = asked.command;
  const ofPlan = plan.drafted!;
  const { startYear, endYear } = ofPlan;
  const from = yearOfDay(firstDayOf(parsePeriod(plannedStart), ofPlan), ofPlan);
  const to = yearOfDay(lastDayOf(parsePeriod(plannedEnd), ofPlan), ofPlan);
  const early = from < startYear - around || to < startYear;
  const late = to > endYear + around || from > endYear;
  if ((!early && !late) || declares(asked.command, /建设期|规划期|工期/u)) return [];
  const field = early
    ? to < startYear
      ? 'plannedEnd'
      : 'plannedStart'
    : from > endYear
      ? 'plannedStart'
      : 'plannedEnd';
  const planSide: Side = draft
    ? { asked: draft, field: early ? 'startYear' : 'endYear' }
    : { standing: '规划的起止年' };
  return [
    {
      code: 'project.outside-plan',
      subject: id,
      message: `项目 ${id} ${name} 的工期 ${plannedStart}–${plannedEnd} 远在规划 ${yearsText(ofPlan)} 年之外：请核对年份；原文确如此的，请在 anomalies 写明建设期`,
      sides: [{ asked, field }, planSide],
    },
  ];
}

/** What is printed in numbers against what was read from it, where no reading is given. */
function unlikePrinted(asked: AskedCommand<ProjectContent>, { plan }: ProjectSight): Oddity[] {
  const { id, name, plannedStart, plannedEnd, investment, printed = {}, reading } = asked.command;
  if (reading !== undefined) return [];
  const years = printed.period?.match(/\d{4}/g) ?? [];
  const read = [parsePeriod(plannedStart).year, parsePeriod(plannedEnd).year].map(String);
  const amount = printed.investment === undefined ? undefined : amountIn(printed.investment, moneyUnit(plan.drafted!));
  const differs = (field: string, column: string, text: string, value: string): Oddity => ({
    code: 'project.unlike-printed',
    subject: `${id}/${field}`,
    message: `项目 ${id} ${name}：原文印作“${text}”，${field} 却是 ${value}：请改成一致，读法不同的请写 reading`,
    sides: [
      { asked, field },
      { asked, field: column },
    ],
  });
  return [
    ...(years.length > 0 && years[0] !== read[0]
      ? [differs('plannedStart', 'printedPeriod', printed.period!, plannedStart)]
      : []),
    ...(years.length > 0 && years.at(-1) !== read[1]
      ? [differs('plannedEnd', 'printedPeriod', printed.period!, plannedEnd)]
      : []),
    ...(amount !== undefined && amount !== Number(investment)
      ? [differs('investment', 'printedInvestment', printed.investment!, investment)]
      : []),
  ];
}

/** The number that a printed amount begins with, in the plan's unit of money. */
function amountIn(text: string, unit: string): number | undefined {
  const [, number, hundredMillion] = /^\s*(\d[\d,，]*(?:\.\d+)?)\s*(亿)?/u.exec(text) ?? [];
  if (number === undefined) return undefined;
  const printed = new Decimal(number.replaceAll(/[,，]/gu, ''));
  return (hundredMillion ? printed.times('1e8').div(moneyIn(unit)!.size) : printed).toNumber();
}

/** A new planned end that had passed when it became known. */
function intoThePast({ plan, reschedulings, progress }: ProjectSight): Oddity[] {
  const ofPlan = plan.drafted!;
  const zone = ofPlan.timeZone;
  return reschedulings.flatMap((asked) => {
    const { id, plannedEnd, knownAt } = asked.command;
    if (knownAt === undefined) return [];
    const day = dayOf(parseKnownTime(knownAt, zone), zone);
    if (lastDayOf(parsePeriod(plannedEnd), ofPlan) >= day) return [];
    const known = progress.filter(({ command }) => command.id === id && command.on <= day).at(-1);
    const state = known ? `，已知 ${known.command.on} 的形象进度为 ${known.command.percent}%` : '';
    return {
      code: 'project.rescheduled-into-past',
      subject: `${id}/${plannedEnd}`,
      message: `项目 ${id} 于 ${day} 调整工期到 ${plannedEnd}，而该期限已过${state}：请核对新期限和知悉日期`,
      sides: [{ asked, field: '新期限' }, known ? { asked: known, field: '日期' } : { asked, field: '知悉日期' }],
    };
  });
}
