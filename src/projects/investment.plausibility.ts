import { Decimal } from '../kernel/decimal.js';
import { grouped } from '../kernel/grouped.js';
import { factorBetween, median } from '../kernel/magnitude.js';
import { moneyIn } from '../kernel/unit-of-measure.js';
import { moneyUnit } from '../plans/money.js';
import type { AskedCommand, Oddity } from '../slice/plausibility.js';
import type { ProjectContent } from './project.commands.js';
import { declares, projectSide, type ProjectSight } from './project-sight.js';

/** How many times a project's investment may be the middle one, or the other way round; ours. */
const farOff = 1_000;
/** Projects that are needed to say what is usual; ours. */
const fewest = 4;
/** 元, the largest investment that is not doubted: a thousand 亿元; ours. Nothing is said of other currencies. */
const largest = new Decimal('1e11');
/** How many times what was invested may be the total investment; ours. */
const investedFarOff = 10;

export function investmentOddities(sight: ProjectSight): Oddity[] {
  const usual = median([...sight.projects.values()].map(({ investment }) => new Decimal(investment)));
  const compared = sight.projects.size < fewest ? undefined : usual;
  return [
    ...[...sight.registered.values()].flatMap((asked) => unusual(asked, compared, sight)),
    ...packageSums(sight),
    ...overspent(sight),
  ];
}

function unusual(asked: AskedCommand<ProjectContent>, usual: Decimal | undefined, sight: ProjectSight): Oddity[] {
  const { id, name, investment } = asked.command;
  if (declares(asked.command, /投资/u)) return [];
  const factor = usual && factorBetween(investment, usual);
  const isFar = usual !== undefined && factor?.greaterThanOrEqualTo(farOff);
  const unit = moneyUnit(sight.plan.drafted!);
  if (!isFar && !isHuge(investment, unit)) return [];
  const like = isFar ? [...sight.projects].find(([, each]) => usual.equals(each.investment))![0] : undefined;
  const why = isFar
    ? `与各项目的中位数 ${usual.toFixed()} ${unit}（如 ${like}）相差 ${factor!.toDecimalPlaces(0).toFixed()} 倍`
    : `超过 ${largest.div('1e8').toFixed()} 亿元`;
  return [
    {
      code: 'project.investment-magnitude',
      subject: id,
      message: `项目 ${id} ${name} 的总投资 ${investment} ${unit}${why}：请核对${misread(unit)}；原文确如此的，请在 anomalies 写明`,
      sides: [{ asked, field: 'investment' }, ...(like === undefined ? [] : [projectSide(sight, like, 'investment')])],
    },
  ];
}

function isHuge(investment: string, unit: string): boolean {
  const money = moneyIn(unit);
  return money?.currency === 'CNY' && money.size.times(investment).greaterThan(largest);
}

const misread = (unit: string) => (unit === '万元' ? '是否误以元计' : `是否以${unit}计`);

/** The parts of a package against the whole. */
function packageSums(sight: ProjectSight): Oddity[] {
  const unit = moneyUnit(sight.plan.drafted!);
  const parts = [...sight.registered.values()].filter(({ command }) => command.package !== undefined);
  return [...grouped(parts, ({ command }) => command.package!)].flatMap(([id, rows]) => {
    const whole = sight.projects.get(id);
    const sum = rows.reduce((total, { command }) => total.plus(command.investment), new Decimal(0));
    if (!whole || sum.equals(whole.investment)) return [];
    const own = sight.registered.get(id);
    if ([...rows, ...(own ? [own] : [])].some(({ command }) => declares(command, /合计|子项|分期/u))) return [];
    return {
      code: 'project.package-sum',
      subject: id,
      message: `打包项目 ${id} 的总投资 ${whole.investment} ${unit}，${rows.length} 个子项合计 ${sum.toFixed()} ${unit}：请核对；原文确如此的，请在子项的 reading 写明`,
      sides: [projectSide(sight, id, 'investment'), ...rows.map((asked) => ({ asked, field: 'investment' }))],
    };
  });
}

/** What was invested, far above the total: one warning for each project. */
function overspent(sight: ProjectSight): Oddity[] {
  const unit = moneyUnit(sight.plan.drafted!);
  const far = sight.investments.filter(({ command: { id, amount } }) => {
    const whole = sight.projects.get(id);
    return whole && new Decimal(amount).greaterThanOrEqualTo(new Decimal(whole.investment).times(investedFarOff));
  });
  return [...grouped(far, ({ command }) => command.id)].map(([id, [asked]]) => ({
    code: 'project.invested-magnitude',
    subject: id,
    message: `项目 ${id} 截至 ${asked!.command.on} 累计投资 ${asked!.command.amount} ${unit}，是总投资 ${sight.projects.get(id)!.investment} ${unit}的 ${investedFarOff} 倍以上：请核对${misread(unit)}`,
    sides: [{ asked: asked!, field: '金额' }, projectSide(sight, id, 'investment')],
  }));
}
