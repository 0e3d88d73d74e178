import { grouped } from '../kernel/grouped.js';
import { firstDayOf, parsePeriod } from '../kernel/period.js';
import { dayOf, parseKnownTime } from '../kernel/time.js';
import { yearsText } from '../plans/lookup.js';
import { indicatorSide } from '../indicators/indicator-sight.js';
import { unitSide } from '../plans/unit.plausibility.js';
import type { AskedCommand, Oddity } from '../slice/plausibility.js';
import { MeasureIndicator } from './figure.commands.js';
import { figureKey, reportedOf, type AskedReport, type FigureSight } from './figure-sight.js';
import { figureDoubts, type FigureDoubt } from './one-figure.plausibility.js';

/** The columns of `history.csv`, by the command's field. */
const columns: Readonly<Record<FigureDoubt['field'], string>> = {
  value: '数值',
  numerator: '分子',
  knownAt: '知悉日期',
};

/** What is implausible about the rows of a history, each by itself, its times, and the people in it. */
export function reportOddities(sight: FigureSight): Oddity[] {
  return [
    ...sight.reports.flatMap((asked) => ofOneFigure(asked, sight)),
    ...reportedTwice(sight),
    ...knownBeforePlan(sight),
    ...missingOutside(sight),
    ...reportersElsewhere(sight),
    ...ownApprovals(sight),
  ];
}

function knownOn({ command }: AskedCommand, { plan }: FigureSight): string | undefined {
  const { knownAt } = command;
  if (knownAt === undefined) return undefined;
  const zone = plan.drafted!.timeZone;
  return knownAt.length === 10 ? knownAt : dayOf(parseKnownTime(knownAt, zone), zone);
}

function ofOneFigure(asked: AskedReport, sight: FigureSight): Oddity[] {
  const { command } = asked;
  const indicator = sight.states.get(command.code);
  const day = knownOn(asked, sight);
  if (!indicator || day === undefined) return [];
  const figure = { period: parsePeriod(command.period), reported: reportedOf(command), knownOn: day };
  return figureDoubts(figure, indicator, sight.plan.drafted!).map(({ code, message, field, against }) => ({
    code,
    subject: figureKey(command),
    message: `指标 ${command.code} 单位 ${command.unit} ${command.period}：${message}`,
    sides: [
      { asked, field: columns[field] },
      against === undefined ? { asked, field: '期间' } : indicatorSide(sight, command.code, against),
    ],
  }));
}

/** The same figure in two rows, with nothing between that takes the first one back. The second has no effect. */
function reportedTwice({ reports, undone }: FigureSight): Oddity[] {
  const measured = reports.filter(({ command }) => command instanceof MeasureIndicator);
  const takenBack = new Set(undone.map(({ command }) => figureKey(command as MeasureIndicator)));
  return [...grouped(measured, ({ command }) => figureKey(command))].flatMap(([subject, [first, second]]) => {
    if (!first || !second || takenBack.has(subject) || first.sender.commandId === second.sender.commandId) return [];
    const { code, unit, period } = second.command;
    return {
      code: 'figure.reported-twice',
      subject,
      message: `指标 ${code} 单位 ${unit} ${period} 以同一数值上报了两次：第二行不起作用，请删去，或改为本来要写的单位、期间`,
      sides: [
        { asked: second, field: '期间' },
        { asked: first, field: '期间' },
      ],
    };
  });
}

/** One warning for all rows: the day of the plan may be what is wrong. Background data may be older than the plan. */
function knownBeforePlan(sight: FigureSight): Oddity[] {
  const { plan, draft, reports, states } = sight;
  const since = plan.knownAt && dayOf(plan.knownAt, plan.drafted!.timeZone);
  if (since === undefined) return [];
  const early = reports.filter((asked) => {
    const day = knownOn(asked, sight);
    return day !== undefined && day < since && states.get(asked.command.code)?.defined.role !== 'context';
  });
  const [first] = early;
  if (!first) return [];
  return [
    {
      code: 'figure.known-before-plan',
      subject: figureKey(first.command),
      message: `${early.length} 行数据的知悉日期（如 ${knownOn(first, sight)}）早于规划本身的知悉日期 ${since}：请核对知悉日期和规划的 knownAt`,
      sides: [
        { asked: first, field: '知悉日期' },
        draft ? { asked: draft, field: 'knownAt' } : { standing: '规划的知悉日期' },
        ...early.slice(1).map((asked) => ({ asked, field: '知悉日期' })),
      ],
    },
  ];
}

/** A figure outside the plan is refused without an exception; that it is missing is not. */
function missingOutside({ plan, draft, missing }: FigureSight): Oddity[] {
  const ofPlan = plan.drafted!;
  const { endYear, baseline } = ofPlan;
  const earliest = firstDayOf(parsePeriod(baseline), ofPlan);
  return missing.flatMap((asked) => {
    const { code, unit, period } = asked.command;
    const missed = parsePeriod(period);
    if (missed.year <= endYear && firstDayOf(missed, ofPlan) >= earliest) return [];
    return {
      code: 'figure.missing-outside-plan',
      subject: figureKey(asked.command),
      message: `指标 ${code} 单位 ${unit} 登记了 ${period} 缺报，而规划只到 ${yearsText(ofPlan)} 年（基期 ${baseline}）：请核对期间`,
      sides: [
        { asked, field: '期间' },
        draft ? { asked: draft, field: missed.year > endYear ? 'endYear' : 'baseline' } : { standing: '规划的起止年' },
      ],
    };
  });
}

/** A person reports for a unit that is neither their own nor below it: one warning for each person. */
function reportersElsewhere({ reports, missing, plan, actorPlaces, units }: FigureSight): Oddity[] {
  const elsewhere = [...reports, ...missing].filter(({ command, sender: { actor } }) => {
    if (actor.unit === undefined || plan.units.get(command.unit)?.level === 'reference') return false;
    for (let unit: string | undefined = command.unit; unit !== undefined; unit = plan.units.get(unit)?.parent) {
      if (unit === actor.unit) return false;
    }
    return true;
  });
  return [...grouped(elsewhere, ({ sender }) => sender.actor.id)].map(([id, rows]) => {
    const { actor } = rows[0]!.sender;
    const others = [...new Set(rows.map(({ command }) => command.unit))];
    const known = plan.units.has(actor.unit!) ? '' : '（规划中没有这个单位）';
    const place = actorPlaces.get(id);
    return {
      code: 'figure.reporter-unit',
      subject: id,
      message: `${actor.name} 的单位是 ${actor.unit}${known}，却填报了 ${others.slice(0, 3).join('、')}${others.length > 3 ? ` 等 ${others.length} 个单位` : ''} 的 ${rows.length} 行数据：请核对经办人，或 actors.csv 中的单位`,
      sides: [
        { asked: rows[0]!, field: '经办人' },
        place ? { ...place, field: 'unit' } : unitSide(rows[0]!.command.unit, units),
      ],
    };
  });
}

/** Reporter and reviewer have two ids and one name. The same id twice is refused. */
function ownApprovals({ reports, approvals, actorPlaces }: FigureSight): Oddity[] {
  const reportersOf = grouped(reports, ({ command }) => figureKey(command));
  const own = approvals.flatMap((approval) => {
    const { actor } = approval.sender;
    const report = reportersOf
      .get(figureKey(approval.command))
      ?.find(({ sender }) => sender.actor.name === actor.name && sender.actor.id !== actor.id);
    return report ? { approval, report } : [];
  });
  return [...grouped(own, ({ approval }) => approval.sender.actor.id)].map(([id, rows]) => {
    const { approval, report } = rows[0]!;
    const place = actorPlaces.get(id);
    return {
      code: 'figure.same-person',
      subject: id,
      message: `填报人 ${report.sender.actor.id} 与审核人 ${id} 都叫“${approval.sender.actor.name}”（${rows.length} 行）：填报与审核须为两人，请核对`,
      sides: [
        { asked: approval, field: '审核人' },
        place ? { ...place, field: 'name' } : { asked: report, field: '经办人' },
      ],
    };
  });
}
