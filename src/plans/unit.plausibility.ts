import { grouped } from '../kernel/grouped.js';
import type { AskedCommand, Oddity, Side } from '../slice/plausibility.js';
import type { UnitContent } from './plan.commands.js';
import type { PlanState } from './plan.state.js';
import type { Unit } from './units-in-time.js';
import { levelWords, unitLevels } from './unit-levels.js';

export type AskedUnits = ReadonlyMap<string, AskedCommand<UnitContent>>;

/** The unit's place in the folder, or that the plan had it before. */
export function unitSide(code: string, asked: AskedUnits, field?: string): Side {
  const enrolled = asked.get(code);
  return enrolled ? { asked: enrolled, field } : { standing: `单位 ${code}` };
}

/** What contradicts itself in the tree of units. */
export function unitOddities({ units }: PlanState, asked: AskedUnits): Oddity[] {
  const all = [...units.values()].filter(({ level }) => level !== 'reference');
  const roots = all.filter(({ parent }) => parent === undefined);
  const [top, ...others] = roots;
  const nested = all.some(({ parent }) => parent !== undefined) || new Set(roots.map(({ level }) => level)).size > 1;
  return [
    ...(top && nested ? others.map((unit) => orphan(unit, top, all, asked)) : []),
    ...misplaced(all, units, asked),
    ...namesakes(all, asked),
  ];
}

/** A county without a parent beside counties that have one: it is in no total of the plan. */
function orphan({ code, name }: Unit, top: Unit, all: readonly Unit[], asked: AskedUnits): Oddity {
  const level = all.find((unit) => unit.code === code)!.level;
  const sibling = all.find((unit) => unit.level === level && unit.parent !== undefined) ?? top;
  const beside =
    sibling === top
      ? `规划已有上级单位 ${top.code} ${top.name}`
      : `同为${levelWords[level]}的 ${sibling.code} ${sibling.name} 归 ${sibling.parent}`;
  return {
    code: 'unit.no-parent',
    subject: code,
    message: `单位 ${code} ${name} 没有写上级 parent，${beside}：它的数不会计入任何合计，请补上 parent`,
    sides: [unitSide(code, asked, 'parent'), unitSide(sibling.code, asked, 'parent')],
  };
}

/** Units that are not below the level of the unit above them: one warning for each unit above. */
function misplaced(all: readonly Unit[], units: PlanState['units'], asked: AskedUnits): Oddity[] {
  const wrong = all.filter(({ parent, level }) => {
    const above = parent === undefined ? undefined : units.get(parent);
    return above !== undefined && unitLevels.indexOf(above.level) >= unitLevels.indexOf(level);
  });
  return [...grouped(wrong, ({ parent }) => parent!)].map(([parent, below]) => {
    const above = units.get(parent)!;
    const names = below.map(({ code, name, level }) => `${code} ${name}（${levelWords[level]}）`);
    return {
      code: 'unit.level',
      subject: below.length === 1 ? below[0]!.code : parent,
      message: `单位 ${names.slice(0, 3).join('、')}${below.length > 3 ? ` 等 ${below.length} 个` : ''}的上级 ${parent} ${above.name} 是${levelWords[above.level]}，并不高于它：请核对 parent 或 level`,
      sides: [
        ...below.map(({ code }) => unitSide(code, asked, 'parent')).slice(0, 3),
        unitSide(parent, asked, 'level'),
      ],
    };
  });
}

/** Two counties of different cities may have the same name. */
function namesakes(all: readonly Unit[], asked: AskedUnits): Oddity[] {
  return [...grouped(all, ({ name, parent = '' }) => `${name} ${parent}`).values()].flatMap(([first, ...others]) =>
    others.map((other) => ({
      code: 'unit.same-name',
      subject: other.code,
      message: `单位 ${first!.code} 与 ${other.code} 都叫“${other.name}”：请核对名称和代码`,
      sides: [unitSide(other.code, asked, 'name'), unitSide(first!.code, asked, 'name')],
    })),
  );
}
