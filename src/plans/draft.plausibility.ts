import { findPeriod, firstDayOf, lastDayOf, wholeYear } from '../kernel/period.js';
import type { AskedCommand, Oddity, Side } from '../slice/plausibility.js';
import type { PlanContent } from './plan.commands.js';
import type { PlanState } from './plan.state.js';

/** Years of the longest plan that is not doubted; ours. A vision for 2035 written in 2021 has fifteen. */
const longest = 15;
/** Years between a base period and the start of the plan that are not doubted; ours. */
const baseBefore = 3;

type Draft = AskedCommand<PlanContent>;
type Drafted = NonNullable<PlanState['drafted']>;

/** What contradicts itself in the head of a plan: years, base period, code, title, territory. */
export function draftOddities(asked: Draft, drafted: Drafted, state: PlanState, firstUnit: Side): Oddity[] {
  return [
    ...yearOddities(asked, drafted),
    ...codeOddities(asked, drafted),
    ...titleOddities(asked, drafted),
    ...territoryOddities(asked, drafted, state, firstUnit),
  ];
}

function yearOddities(asked: Draft, { startYear, endYear, baseline }: Drafted): Oddity[] {
  const base = findPeriod(baseline)!.year;
  const subject = asked.command.plan;
  const span = endYear - startYear + 1;
  return [
    ...(span > longest
      ? [
          {
            code: 'plan.long',
            subject,
            message: `规划自 ${startYear} 年到 ${endYear} 年，长达 ${span} 年：请核对 startYear 和 endYear`,
            sides: [
              { asked, field: 'endYear' },
              { asked, field: 'startYear' },
            ],
          },
        ]
      : []),
    ...(base > startYear || base < startYear - baseBefore
      ? [
          {
            code: 'plan.baseline-far',
            subject,
            message: `基期 ${baseline} 与起始年 ${startYear} 不相衔接（通常是起始年的前一年）：请核对 baseline 和 startYear`,
            sides: [
              { asked, field: 'baseline' },
              { asked, field: 'startYear' },
            ],
          },
        ]
      : []),
  ];
}

/** Whether two years are the first and the last of the plan; those of its first and last day are, too. */
function areYearsOf(start: number, end: number, plan: Drafted): boolean {
  const { startYear, endYear } = plan;
  const first = Number(firstDayOf(wholeYear(startYear, plan), plan).slice(0, 4));
  const last = Number(lastDayOf(wholeYear(endYear, plan), plan).slice(0, 4));
  return (start === startYear && end === endYear) || (start === first && end === last);
}

function codeOddities(asked: Draft, drafted: Drafted): Oddity[] {
  const { startYear, endYear } = drafted;
  const { plan } = asked.command;
  const years = /(\d{4})-(\d{4})/.exec(plan);
  if (!years || areYearsOf(Number(years[1]), Number(years[2]), drafted)) return [];
  return [
    {
      code: 'plan.code-years',
      subject: plan,
      message: `规划代码 ${plan} 写的是 ${years[1]}–${years[2]} 年，起止年却是 ${startYear}–${endYear}：请改成一致`,
      sides: [
        { asked, field: 'plan' },
        { asked, field: Number(years[1]) === startYear ? 'endYear' : 'startYear' },
      ],
    },
  ];
}

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
/** The first year of the tenth five-year plan is 2001. */
const firstYearOfTenth = 2001;

/** The years of 十四五 are 2021–2025. */
function yearsNamed(title: string): { name: string; start: number; end: number } | undefined {
  const plan = /十([一二三四五六七八九])五/.exec(title);
  if (plan) {
    const start = firstYearOfTenth + 5 * (numerals.indexOf(plan[1]!) + 1);
    return { name: plan[0], start, end: start + 4 };
  }
  const years = /(20\d{2})\s*[-–—至到]\s*(20\d{2})/.exec(title);
  return years ? { name: years[0], start: Number(years[1]), end: Number(years[2]) } : undefined;
}

function titleOddities(asked: Draft, drafted: Drafted): Oddity[] {
  const { title, startYear, endYear, territory } = drafted;
  const { plan } = asked.command;
  const named = yearsNamed(title);
  // “丽水市…”, “示例县…”; not 城市, 社区 and the like.
  const place = /^([\u4e00-\u9fff]{1,6}?(?:[省市县](?![级城域场])|[^社园地校片街景辖城]区))/u.exec(title)?.[1];
  const isPlace = place !== undefined && place.length > 2 && !place.endsWith('城市');
  return [
    ...(named && !areYearsOf(named.start, named.end, drafted)
      ? [
          {
            code: 'plan.title-years',
            subject: plan,
            message: `标题写的是“${named.name}”（${named.start}–${named.end} 年），起止年却是 ${startYear}–${endYear}：请改成一致`,
            sides: [
              { asked, field: 'title' },
              { asked, field: named.start === startYear ? 'endYear' : 'startYear' },
            ],
          },
        ]
      : []),
    ...(isPlace && !territory.includes(place)
      ? [
          {
            code: 'plan.title-territory',
            subject: plan,
            message: `标题写的是“${place}”，地域 territory 却是“${territory}”：请改成一致`,
            sides: [
              { asked, field: 'territory' },
              { asked, field: 'title' },
            ],
          },
        ]
      : []),
  ];
}

/** The first unit without a parent represents the plan. */
function territoryOddities(asked: Draft, { territory }: Drafted, { units }: PlanState, firstUnit: Side): Oddity[] {
  const top = [...units.values()].find(({ level, parent }) => level !== 'reference' && parent === undefined);
  if (!top || territory.includes(top.name) || top.name.includes(territory)) return [];
  return [
    {
      code: 'plan.territory-unit',
      subject: asked.command.plan,
      message: `地域 territory 是“${territory}”，代表全规划的单位却是 ${top.code} ${top.name}：请核对 territory 和 units 的第一个单位`,
      sides: [{ asked, field: 'territory' }, firstUnit],
    },
  ];
}
