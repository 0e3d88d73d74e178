import fc from 'fast-check';
import { ApproveMeasurement, CorrectMeasurement, MeasureIndicator } from '../../src/figures/figure.commands.js';
import { SetIndicatorScope, SetTarget } from '../../src/indicators/indicator.commands.js';
import { EnrolUnit } from '../../src/plans/plan.commands.js';
import { MergeUnits, SplitUnit } from '../../src/plans/unit-change.commands.js';
import type { Command } from '../../src/slice/command.js';
import type { FolderFiles } from '../../src/slice/folder-part.js';
import { make } from '../support/decider-spec.js';
import { smallPlan } from '../support/small-plan.js';

export const plan = 'small';
export const city = '331100';
export const years = [2021, 2022, 2023] as const;
/** S a level that is summed up, T a total since 2021, R a ratio of sums, H a hold that each unit reports for itself. */
export const indicators = ['S', 'T', 'R', 'H'] as const;
export type Code = (typeof indicators)[number];

const nat = fc.nat(999);
const change = fc.record({
  year: fc.constantFrom(...years),
  /** The end of the year belongs to the new state, if that begins on it. */
  day: fc.constantFrom('01-01', '07-01', '12-31'),
  /** Known soon, after the reports of the year, or at last. */
  known: fc.constantFrom('soon', 'after-reports', 'last'),
  pick: nat,
  /** Into a new unit, or into one of those that were merged; a split into two new ones, or with the old one kept. */
  fresh: fc.boolean(),
  target: fc.option(nat),
});

/** What a plan of a few counties in 2021 to 2023 is made of. Numbers without another meaning are drawn in turn. */
export const choices = fc.record({
  counties: fc.integer({ min: 3, max: 5 }),
  order: fc.constantFrom(['merge', 'split'], ['split', 'merge']),
  changes: fc.tuple(change, change),
  weights: fc.tuple(...indicators.map(() => fc.integer({ min: 1, max: 30 }))),
  attributes: fc.tuple(...indicators.map(() => fc.constantFrom('expected', 'binding'))),
  scope: fc.option(
    fc.record({ code: fc.constantFrom(...indicators), pick: nat, from: fc.option(fc.constantFrom(...years)) }),
  ),
  /** A missing one stays unreported. */
  figures: fc.array(fc.option(nat, { freq: 12 }), { minLength: 97, maxLength: 97 }),
  targets: fc.array(fc.option(nat, { freq: 8 }), { minLength: 20, maxLength: 20 }),
  corrections: fc.array(
    fc.record({ pick: nat, by: fc.integer({ min: 1, max: 99 }), at: nat, approved: fc.boolean() }),
    { maxLength: 4 },
  ),
  late: fc.array(fc.record({ pick: nat, value: nat }), { maxLength: 3 }),
  /** Which moments, periods and units a law looks at. */
  looks: fc.array(nat, { minLength: 4, maxLength: 4 }),
});
export type Choices = typeof choices extends fc.Arbitrary<infer T> ? T : never;

/** A value, or numerator and denominator. */
type Reported = readonly string[];
export interface Figure {
  readonly latest: Reported;
  readonly approved?: Reported;
}
interface County {
  readonly code: string;
  readonly from?: string;
  readonly until?: string;
}
interface Passed {
  readonly on: string;
  readonly from: readonly string[];
  readonly into: readonly string[];
}

/** What was known of the counties and their figures after a step: the law's own book, kept without the engine. */
export interface Known {
  readonly counties: readonly County[];
  readonly passed: readonly Passed[];
  /** By `code/unit/year`. */
  readonly figures: ReadonlyMap<string, Figure>;
  readonly scope?: { readonly code: Code; readonly unit: string; readonly from: number };
}

export interface Step {
  readonly name: 'report' | 'correction' | 'late' | 'change';
  readonly day: string;
  readonly commands: readonly { readonly command: Command; readonly by: 'loader' | 'reviewer' }[];
  readonly known: Known;
}

export const keyOf = (code: Code, unit: string, year: number) => `${code}/${unit}/${year}`;

/** The counties at the end of a year. */
export const countiesIn = ({ counties }: Pick<Known, 'counties'>, year: number): string[] =>
  counties.flatMap(({ code, from = '', until = '9' }) =>
    from <= `${year}-12-31` && until > `${year}-12-31` ? [code] : [],
  );

export const isDue = ({ scope }: Known, code: Code, unit: string, year: number): boolean =>
  !(scope?.code === code && scope.unit === unit && scope.from <= year);

/** Of which counties of an earlier year a county of a later one is made up; undefined if it was split off since. */
export function originsOf(known: Known, unit: string, year: number, later: number): string[] | undefined {
  const since = known.passed.filter(({ on }) => on > `${year}-12-31` && on <= `${later}-12-31`);
  const trace = (code: string, changes: readonly Passed[]): string[] | undefined => {
    const at = changes.findLastIndex(({ into }) => into.includes(code));
    if (at < 0) return [code];
    const { from, into } = changes[at]!;
    if (into.length > 1) return undefined;
    const parts = from.map((part) => trace(part, changes.slice(0, at)));
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  };
  return trace(unit, since);
}

const letters = ['a', 'b', 'c', 'd', 'e'];
const figureOf = (code: Code, unit: string, year: number, [first, second]: Reported) => ({
  ...{ plan, code, unit, period: String(year) },
  ...(second === undefined ? { value: first! } : { numerator: first!, denominator: second }),
});
const reportedAs = (code: Code, number: number, other: number): Reported => {
  if (code === 'R') return [String(number), String(number + other + 1)];
  return [(number / 10).toFixed(1)];
};
/** Of a ratio both numbers change, and often by so little that it is shown with the same digits. */
const correctedBy = (by: number, [first, second]: readonly number[]): Reported =>
  second === undefined ? [(first! + by / 10).toFixed(1)] : [String(10 * first!), String(10 * second + (by % 10) + 1)];
const targetOf = (code: Code, number: number) =>
  ({
    S: (number / 5).toFixed(1),
    T: (number / 3).toFixed(1),
    R: (number / 10).toFixed(1),
    H: (number / 10).toFixed(1),
  })[code];

/** The folder of the plan as it begins. */
export function folderOf({ counties, weights, attributes, targets }: Choices): FolderFiles {
  const small = smallPlan();
  const units = letters.slice(0, counties);
  const definition: Readonly<Record<Code, string>> = {
    S: `kind: level, direction: higher, measurement: { type: direct }, aggregation: sum, targetScope: own`,
    T: `kind: cumulative, direction: higher, measurement: { type: direct }, aggregation: sum, targetScope: own`,
    R: `kind: level, direction: higher, measurement: { type: ratio, numerator: { name: 甲, unit: 个 }, denominator: { name: 乙, unit: 个 }, scale: '100' }, aggregation: ratio-of-sums, targetScope: all`,
    H: `kind: hold, direction: lower, measurement: { type: direct }, aggregation: none, targetScope: all`,
  };
  const rows = indicators.map(
    (code, at) =>
      `- { code: ${code}, role: main, name: 示例${code}, unitOfMeasure: 个, area: A${1 + (at % 2)}, attribute: ${attributes[at]}, ` +
      `frequency: A, valueType: decimal, decimals: 1, definition: 示例, ${definition[code]}, trajectory: linear, ` +
      `weight: '${(weights[at]! / 10).toFixed(1)}' }\n`,
  );
  const lines = indicators.map((code, at) => `${code},${city},2025,${targetOf(code, targets[at] ?? 500)},`);
  return {
    'plan.yaml': small['plan.yaml']!.replace(/ {2}- \{ code: '331102'.*\n/, '')
      .replace('  - { code: A1', '  - { code: A2, name: 另一标杆区 }\n  - { code: A1')
      .concat(
        units.map((code) => `  - { code: ${code}, name: 示例${code}县, level: county, parent: '${city}' }\n`).join(''),
      ),
    'actors.csv': small['actors.csv']!.replaceAll('331102', city),
    'indicators.yaml': rows.join(''),
    'targets.csv': ['indicator,unit,period,value,line', ...lines, ''].join('\n'),
    'history.csv': `${small['history.csv']!.split('\n')[0]!}\n`,
  };
}

/** What happens to the plan after its start, in the order in which it becomes known. */
export function stepsOf(chosen: Choices): Step[] {
  const { counties, changes, order, figures, corrections, late, scope } = chosen;
  const units = letters.slice(0, counties);
  let known: Known = {
    ...{ counties: units.map((code) => ({ code })), passed: [], figures: new Map() },
    ...(scope && { scope: { code: scope.code, unit: units[scope.pick % counties]!, from: scope.from ?? 0 } }),
  };
  let drawn = 0;
  const draw = () => figures[drawn++ % figures.length] ?? null;
  const steps: Step[] = [];
  const did = (name: Step['name'], day: string, commands: Step['commands']) =>
    void steps.push({ name, day, commands, known });
  const enter = (key: string, figure: Figure) =>
    void (known = { ...known, figures: new Map(known.figures).set(key, figure) });

  const lacking = (year: number) =>
    indicators.flatMap((code) =>
      (code === 'H' ? [city, ...countiesIn(known, year)] : countiesIn(known, year)).flatMap((unit) =>
        isDue(known, code, unit, year) && !known.figures.has(keyOf(code, unit, year)) ? [{ code, unit, year }] : [],
      ),
    );
  const measure = (code: Code, unit: string, year: number, reported: Reported) => {
    enter(keyOf(code, unit, year), { latest: reported });
    return { command: make(MeasureIndicator, figureOf(code, unit, year, reported)), by: 'loader' as const };
  };
  const report = (year: number) => (day: string) => {
    const due = lacking(year).filter(({ code }) => year > 2020 || code === 'S' || code === 'R');
    const commands = due.flatMap(({ code, unit }) => {
      const [first, second] = [draw(), draw()];
      return first === null ? [] : [measure(code, unit, year, reportedAs(code, first, second ?? 500))];
    });
    did('report', day, commands);
  };
  const correct =
    ({ pick, by, approved }: Choices['corrections'][number]) =>
    (day: string) => {
      const found = [...known.figures].filter(([key]) => {
        const [, unit, year] = key.split('/');
        return unit === city || countiesIn(known, Number(year)).includes(unit!);
      });
      if (found.length === 0) return;
      const [key, figure] = found[pick % found.length]!;
      const [code, unit, year] = key.split('/') as [Code, string, string];
      const latest = correctedBy(by, figure.latest.map(Number));
      enter(key, approved ? { latest, approved: latest } : { ...figure, latest });
      const command = make(CorrectMeasurement, { ...figureOf(code, unit, Number(year), latest), reason: '复核' });
      const commands: Step['commands'][number][] = [{ command, by: 'loader' }];
      if (approved)
        commands.push({ command: make(ApproveMeasurement, { plan, code, unit, period: year }), by: 'reviewer' });
      did('correction', day, commands);
    };
  const alter =
    (kind: string, { pick, fresh, target }: Choices['changes'][number], on: string, at: number) =>
    (day: string) => {
      const standing = known.counties.filter(({ from = '', until = '9' }) => from < on && until > on);
      const one = standing[pick % standing.length]!.code;
      const other = standing[(pick + 1 + (pick % (standing.length - 1))) % standing.length]!.code;
      const begun = kind === 'merge' ? (fresh ? [`m${at}`] : []) : fresh ? [`s${at}`, `t${at}`] : [`t${at}`];
      const from = kind === 'merge' ? [one, other] : [one];
      const into = kind === 'merge' ? (fresh ? begun : [one]) : fresh ? begun : [one, ...begun];
      const ended = from.filter((code) => !into.includes(code));
      known = {
        ...known,
        counties: [
          ...known.counties.map((county) => (ended.includes(county.code) ? { ...county, until: on } : county)),
          ...begun.map((code) => ({ code, from: on })),
        ],
        passed: [...known.passed, { on, from, into }],
      };
      const enrolled = begun.map((code) =>
        make(EnrolUnit, { plan, code, name: `示例${code}县`, level: 'county', parent: city, from: on }),
      );
      const targets =
        target === null
          ? []
          : begun.map((code) =>
              make(SetTarget, { plan, code: 'S', unit: code, period: '2025', value: targetOf('S', target) }),
            );
      const changed =
        kind === 'merge'
          ? make(MergeUnits, { plan, units: from, into: into[0]!, on })
          : make(SplitUnit, { plan, code: one, into, on });
      did(
        'change',
        day,
        [...enrolled, changed, ...targets].map((command) => ({ command, by: 'loader' as const })),
      );
    };

  // Two changes of one day are one. A later one is not known before the earlier one.
  const days = [...new Set(changes.map(({ year, day }) => `${year}-${day}`))].sort();
  const knownDays = days.map((on, at) => {
    const when = changes[at]!.known;
    if (when === 'soon') return on < '2022-01-20' ? '2022-01-25' : on;
    return when === 'after-reports' ? `${Number(on.slice(0, 4)) + 1}-03-10` : '2024-04-01';
  });
  const latest = (dates: readonly string[]) => [...dates].sort().at(-1)!;
  const happenings: { day: string; happen: (day: string) => void }[] = [
    { day: '2022-01-20', happen: report(2020) },
    ...years.map((year) => ({ day: `${year + 1}-02-10`, happen: report(year) })),
    ...corrections.map((each) => ({
      day: ['2022-03-01', '2023-03-01', '2024-03-01', '2024-05-01'][each.at % 4]!,
      happen: correct(each),
    })),
    ...days.map((on, at) => ({
      day: latest(knownDays.slice(0, at + 1)),
      happen: alter(order[at]!, changes[at]!, on, at),
    })),
    ...late.map(({ pick, value }) => ({
      day: '2024-04-20',
      happen: (day: string) => {
        const due = years.flatMap(lacking);
        if (due.length === 0) return;
        const { code, unit, year } = due[pick % due.length]!;
        did('late', day, [measure(code, unit, year, reportedAs(code, value, 500))]);
      },
    })),
  ];
  // `sort` keeps the order of what happens on one day.
  for (const { day, happen } of happenings.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))) happen(day);
  return steps;
}

/** What is decided when the plan begins, beside the folder: targets of counties, and where an indicator does not apply. */
export function firstCommands({ counties, targets, scope }: Choices): Command[] {
  const units = letters.slice(0, counties);
  const cells = (['S', 'T'] as const).flatMap((code) => units.map((unit) => ({ code, unit })));
  const set = cells.flatMap(({ code, unit }, at) => {
    const number = targets[indicators.length + at] ?? null;
    return number === null
      ? []
      : [make(SetTarget, { plan, code, unit, period: '2025', value: targetOf(code, number) })];
  });
  if (!scope) return set;
  const { code, pick, from } = scope;
  const fromPeriod = from === null ? {} : { fromPeriod: String(from) };
  return [
    ...set,
    make(SetIndicatorScope, { plan, code, unit: units[pick % counties]!, applies: false, ...fromPeriod }),
  ];
}
