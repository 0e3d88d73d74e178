import fc from 'fast-check';
import { findPeriod } from '../kernel/period.js';
import { evolveUnits, unitsIn, type Units } from '../plans/units-in-time.js';
import { UnitMoved, UnitSplit, UnitsMerged } from '../plans/unit-change.events.js';
import { Territory, type Makeup } from './territory.js';

/**
 * Plans of a province with two cities of counties, whose counties are merged, split and moved in the years 2021 to 2024,
 * one change a year, as the numbers choose.
 */
const choices = fc.array(fc.record({ kind: fc.constantFrom('merge', 'split', 'move', 'absorb'), pick: fc.nat(1000) }), {
  minLength: 1,
  maxLength: 4,
});
const year = (text: string) => findPeriod(text)!;
const cities = ['X', 'Y'];

function planOf(changes: readonly { kind: string; pick: number }[]): Units {
  let plan: Required<Pick<Units, 'units' | 'territoryChanges'>> = {
    units: [
      { code: 'P', name: 'P', level: 'province' },
      ...cities.map((code) => ({ code, name: code, level: 'city' as const, parent: 'P' })),
      ...['a', 'b', 'c', 'd', 'e', 'f'].map((code, at) => ({
        ...{ code, name: code, level: 'county' as const, parent: cities[at % 2]! },
      })),
    ],
    territoryChanges: [],
  };
  for (const [at, { kind, pick }] of changes.entries()) {
    const on = `${2021 + at}-07-01`;
    const counties = unitsIn(plan, year(String(2020 + at))).filter(({ level }) => level === 'county');
    const one = counties[pick % counties.length]!;
    const other = counties[(pick + 1 + (pick % (counties.length - 1))) % counties.length]!;
    const fresh = (code: string) => ({ code, name: code, level: 'county' as const, parent: one.parent!, from: on });
    if (kind === 'move') {
      const parent = one.parent === 'X' ? 'Y' : 'X';
      plan = evolveUnits(plan, UnitMoved.of({ code: one.code, parent, on }));
    } else if (kind === 'split') {
      const codes = [`s${at}`, `t${at}`];
      plan = { ...plan, units: [...plan.units, ...codes.map(fresh)] };
      plan = evolveUnits(plan, UnitSplit.of({ code: one.code, into: codes, on }));
    } else if (one !== other && counties.length > 2) {
      const into = kind === 'absorb' ? one.code : `m${at}`;
      if (kind === 'merge') plan = { ...plan, units: [...plan.units, fresh(into)] };
      plan = evolveUnits(plan, UnitsMerged.of({ units: [one.code, other.code], into, on }));
    }
  }
  return plan;
}

const base = year('2020');
const end = year('2025');
/** The units of then that a unit is made up of, each as often as it is in; `undefined` where a part is not known. */
function leaves(makeup: Makeup, plan: Units): string[] | undefined {
  if (makeup.kind === 'unknown') return undefined;
  const below = (code: string): string[] => {
    const children = unitsIn(plan, base).filter(({ parent }) => parent === code);
    return children.length === 0 ? [code] : children.flatMap((child) => below(child.code));
  };
  if (makeup.kind === 'own') return below(makeup.unit);
  const parts = makeup.parts.map((part) => leaves(part, plan));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}
const made = (plan: Units, unit: string) => leaves(new Territory(plan).makeup(unit, base, end), plan);

describe('what the units of today were made up of', () => {
  it('the whole is itself, whatever happens within it', () => {
    fc.assert(
      fc.property(choices, (changes) => {
        expect(new Territory(planOf(changes)).makeup('P', base, end)).toEqual({ kind: 'own', unit: 'P' });
      }),
    );
  });

  it('no unit of then is counted twice, and those of all counties together are the whole, unless one was split', () => {
    fc.assert(
      fc.property(choices, (changes) => {
        const plan = planOf(changes);
        const counties = unitsIn(plan, end).filter(({ level }) => level === 'county');
        const found = counties.map(({ code }) => made(plan, code));
        const known = found.flatMap((each) => each ?? []);
        expect(new Set(known).size).toBe(known.length);
        const isSplit = plan.territoryChanges!.some(({ into }) => into.length > 1);
        if (!isSplit) expect(known.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
      }),
    );
  });

  it('the cities together are the whole, where nothing that was split lies in both', () => {
    fc.assert(
      fc.property(choices, (changes) => {
        const plan = planOf(changes);
        const found = cities.map((city) => made(plan, city));
        if (found.some((each) => each === undefined)) return;
        expect(found.flat().toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
      }),
    );
  });

  it('a unit whose borders did not change is itself', () => {
    fc.assert(
      fc.property(choices, (changes) => {
        const plan = planOf(changes);
        const touched = new Set(plan.territoryChanges!.flatMap(({ from, into }) => [...from, ...into]));
        const territory = new Territory(plan);
        for (const { code, level } of unitsIn(plan, end)) {
          if (level !== 'county' || touched.has(code)) continue;
          expect(territory.makeup(code, base, end)).toEqual({ kind: 'own', unit: code });
        }
      }),
    );
  });

  it('at any time between, borders are those of that time', () => {
    fc.assert(
      fc.property(choices, fc.integer({ min: 2020, max: 2025 }), (changes, at) => {
        const plan = planOf(changes);
        const territory = new Territory(plan);
        const period = year(String(at));
        for (const { code } of unitsIn(plan, period)) {
          expect(territory.makeup(code, period, period)).toEqual({ kind: 'own', unit: code });
        }
      }),
    );
  });
});
