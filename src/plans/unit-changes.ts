import { isDeepStrictEqual } from 'node:util';
import type { DecisionContext } from '../kernel/decider.js';
import { invalid, refused, type DomainError } from '../kernel/errors.js';
import type { EventOf } from '../kernel/event.js';
import { missingUnit, unitsOf, type PlanState } from './plan.state.js';
import type {
  EndUnit,
  MergeUnits,
  MoveUnit,
  RenameUnit,
  SplitUnit,
  UnitChangeCommand,
  WithdrawUnitChange,
} from './unit-change.commands.js';
import {
  UnitChangeWithdrawn,
  UnitEnded,
  UnitMoved,
  UnitRenamed,
  UnitSplit,
  UnitsMerged,
  type unitChangeEvents,
} from './unit-change.events.js';
import { translationsOf } from './translations.js';
import { territoryChangeOf, namingOf, unitOn, unitsAbove, type UnitInTime } from './units-in-time.js';

type UnitChanged = EventOf<typeof unitChangeEvents>;

/** Decides what changes about the units of a plan. Each change has a day: the first one of the new state. */
export function changeUnits(command: UnitChangeCommand, state: PlanState, { reason }: DecisionContext): UnitChanged[] {
  switch (command.type) {
    case 'RenameUnit':
      return rename(command, state);
    case 'MoveUnit':
      return move(command, state);
    case 'MergeUnits':
      return merge(command, state);
    case 'SplitUnit':
      return split(command, state);
    case 'EndUnit':
      return end(command, state);
    case 'WithdrawUnitChange':
      return withdraw(command, state, reason);
  }
}

function rename(command: RenameUnit, state: PlanState): UnitChanged[] {
  const { code, name, on } = command;
  const naming = { name, ...translationsOf(command, state.drafted?.language) };
  const unit = known(code, state);
  const isSame = isDeepStrictEqual(namingOf(unit), naming);
  const isRestated = unit.names?.at(-1)?.until === on;
  if (isRestated && isSame) return [];
  assertStands(unit, on, 'code');
  assertLater(unit.names?.at(-1)?.until, on, `单位 ${code}（${unit.name}）`, '更名');
  // The name may change in other languages only.
  if (!isRestated && unit.name === name && (isSame || !naming.translations)) {
    throw refused('unit.unchanged', `单位 ${code} 已名为“${name}”：请核对新名称`, 'name');
  }
  return [UnitRenamed.of({ code, ...naming, on })];
}

function move({ code, parent, on }: MoveUnit, state: PlanState): UnitChanged[] {
  const unit = known(code, state);
  if (unit.parents?.at(-1)?.until === on && unit.parent === parent) return [];
  assertStands(unit, on, 'code');
  const above = known(parent, state, 'parent');
  assertStands(above, on, 'parent');
  assertLater(unit.parents?.at(-1)?.until, on, `单位 ${code}（${unit.name}）`, '改隶');
  if (unit.parent === undefined && unit.level !== 'reference') throw top(code, '改隶');
  if (unit.parent === parent)
    throw refused('unit.unchanged', `单位 ${code} 的上级已是 ${parent}：请核对上级`, 'parent');
  if (parent === code || unitsAbove(unitsOf(state), parent, on).includes(code)) {
    throw invalid('unit.circle', `单位 ${parent} 在 ${code} 之下：不能作它的上级`, 'parent');
  }
  return [UnitMoved.of({ code, parent, on })];
}

function merge({ units, into, on }: MergeUnits, state: PlanState): UnitChanged[] {
  assertSeveral(units, 'units', '合并');
  const isSame = ({ from, into: [to], on: day }: PlanState['territoryChanges'][number]) =>
    day === on && to === into && sameCodes(from, units);
  if (state.territoryChanges.some(isSame)) return [];
  const merged = units.map((code) => standing(code, on, state, 'units'));
  if (!units.includes(into)) assertNew(known(into, state, 'into'), on, state);
  for (const unit of merged.filter(({ code }) => code !== into)) assertCanEnd(unit, on, '合并', state);
  for (const { code } of merged) assertNoLaterChange(code, on, state);
  return [UnitsMerged.of({ units: [...units], into, on })];
}

function split({ code, into, on }: SplitUnit, state: PlanState): UnitChanged[] {
  assertSeveral(into, 'into', '拆分');
  const isSame = ({ from, into: parts, on: day }: PlanState['territoryChanges'][number]) =>
    day === on && from.length === 1 && from[0] === code && sameCodes(parts, into);
  if (state.territoryChanges.some(isSame)) return [];
  const unit = standing(code, on, state, 'code');
  for (const part of into.filter((each) => each !== code)) assertNew(known(part, state, 'into'), on, state);
  if (!into.includes(code)) assertCanEnd(unit, on, '拆分', state);
  assertNoLaterChange(code, on, state);
  return [UnitSplit.of({ code, into: [...into], on })];
}

function end({ code, on }: EndUnit, state: PlanState): UnitChanged[] {
  const unit = known(code, state);
  if (unit.until === on) return [];
  // A unit that was founded by mistake ends on its first day: it never existed.
  if (unit.from !== on || unit.until !== undefined) assertStands(unit, on, 'code');
  assertCanEnd(unit, on, '撤销', state);
  assertNoLaterChange(code, on, state);
  return [UnitEnded.of({ code, on })];
}

function withdraw({ code, on, change }: WithdrawUnitChange, state: PlanState, reason?: string): UnitChanged[] {
  const unit = known(code, state);
  const territory = change === 'territory' ? territoryChangeOf(state, code, on) : undefined;
  const days = change === 'name' ? unit.names : change === 'parent' ? unit.parents : undefined;
  if (!territory && !days?.some(({ until }) => until === on)) {
    throw refused(
      'unit.no-change',
      `单位 ${code}（${unit.name}）在 ${on} 没有${aspectWords[change]}：请核对单位、日期和变更`,
      'on',
    );
  }
  if (!reason) throw invalid('reason.missing', '撤回单位变更须写明事由', 'reason');
  for (const each of territory ? [...territory.from, ...territory.into] : []) {
    const later = lastChangeOf(each, state);
    if (later && later.on > on) {
      const message = `单位 ${each} 其后在 ${later.on} 又有合并、拆分或撤销：请先撤回较晚的变更`;
      throw refused('unit.change-order', message, 'on');
    }
  }
  return [UnitChangeWithdrawn.of({ code, on, change })];
}

const aspectWords: Readonly<Record<WithdrawUnitChange['change'], string>> = {
  name: '更名',
  parent: '改隶',
  territory: '合并、拆分或撤销',
};

function known(code: string, state: PlanState, field = 'code'): UnitInTime {
  const unit = state.units.get(code);
  if (unit) return unit;
  const { missing, meant } = missingUnit(code, state);
  throw invalid('unit.not-enrolled', `规划中没有单位 ${code}：请先登记${meant}`, field, missing);
}

/** That the unit existed on the day before. */
function assertStands(unit: UnitInTime, on: string, field: string): void {
  const { code, name, from, until } = unit;
  if (until !== undefined && until <= on) {
    throw refused('unit.ended', `单位 ${code}（${name}）自 ${until} 起已不存在：请核对代码和生效日期`, field);
  }
  if (from !== undefined && from >= on) {
    throw refused('unit.not-yet', `单位 ${code}（${name}）自 ${from} 起才设立：请核对代码和生效日期`, field);
  }
}

function standing(code: string, on: string, state: PlanState, field: string): UnitInTime {
  const unit = known(code, state, field);
  assertStands(unit, on, field);
  return unit;
}

/** That the unit begins on that day, with no other origin. */
function assertNew({ code, name, from }: UnitInTime, on: string, { territoryChanges }: PlanState): void {
  if (from !== on) {
    const since = from === undefined ? '此前就有' : `自 ${from} 起设立`;
    throw refused(
      'unit.not-new',
      `单位 ${code}（${name}）${since}：新单位须自生效日 ${on} 起设立（登记单位时填 from）`,
      'into',
    );
  }
  if (territoryChanges.some(({ into }) => into.includes(code))) {
    throw refused('unit.not-new', `单位 ${code}（${name}）已由其他单位合并或拆分而成：请核对代码`, 'into');
  }
}

/** That nothing is left that rests on the unit. */
function assertCanEnd({ code, name, level, parent }: UnitInTime, on: string, what: string, { units }: PlanState): void {
  if (parent === undefined && level !== 'reference') throw top(code, what);
  const below = [...units.values()].find((unit) => unitOn(unit, on)?.parent === code);
  if (below) {
    throw refused(
      'unit.has-parts',
      `${what}之后单位 ${code}（${name}）已不存在，而 ${below.code}（${below.name}）仍以它为上级：请先登记 ${below.code} 的改隶`,
      'code',
    );
  }
}

const top = (code: string, what: string): DomainError =>
  refused('unit.top', `单位 ${code} 代表整个规划：不能${what}`, 'code');

/** Changes of territory are recorded in the order of their days, so that each finds the units of its time. */
function assertNoLaterChange(code: string, on: string, state: PlanState): void {
  assertLater(lastChangeOf(code, state)?.on, on, `单位 ${code}`, '合并或拆分');
}

const lastChangeOf = (code: string, { territoryChanges }: PlanState) =>
  territoryChanges.findLast(({ from, into }) => [...from, ...into].includes(code));

function assertLater(last: string | undefined, on: string, what: string, change: string): void {
  if (last !== undefined && on < last) {
    throw refused('unit.change-order', `${what}在 ${last} 已${change}：更早的变更须先登记，请核对生效日期`, 'on');
  }
}

function assertSeveral(codes: readonly string[], field: string, what: string): void {
  const repeated = codes.find((code, at) => codes.indexOf(code) < at);
  if (repeated !== undefined) throw invalid('unit.repeated', `单位 ${repeated} 写了两次：请只写一次`, field);
  if (codes.length < 2) throw invalid('unit.several', `${what}须有两个以上单位`, field);
}

const sameCodes = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((code) => b.includes(code));
