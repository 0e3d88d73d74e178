import fc from 'fast-check';
import type { Engine } from '../../src/engine.js';
import { currentDefinition, indicatorProjection } from '../../src/indicators/indicator.projection.js';
import { planProjection } from '../../src/plans/plan.projection.js';
import type { FolderFiles } from '../../src/slice/folder-part.js';
import { memoryEngine } from '../support/engine.js';
import { MovingClock } from '../support/moving-clock.js';
import { smallPlan } from '../support/small-plan.js';

/** A small plan as a model: everything in it that a changed folder may say differently. */
interface Model {
  readonly title: string;
  readonly areas: Readonly<Record<string, string>>;
  readonly units: Readonly<Record<string, string>>;
  readonly indicators: Readonly<Record<string, Indicator>>;
  /** By `code/unit/period`. */
  readonly targets: Readonly<Record<string, string>>;
}

interface Indicator {
  readonly name: string;
  readonly weight: string;
  readonly text: string;
  readonly outOfScope: boolean;
}

const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const word = oneOf('甲', '乙', '丙');
/** Some of the keys, each with a value. */
const someOf = <Value>(keys: readonly string[], value: fc.Arbitrary<Value>) =>
  fc
    .tuple(fc.subarray([...keys]), fc.array(value, { minLength: keys.length, maxLength: keys.length }))
    .map(([some, values]): Readonly<Record<string, Value>> =>
      Object.fromEntries(some.map((key, at) => [key, values[at]!])),
    );

const indicator: fc.Arbitrary<Indicator> = fc.record({
  name: word,
  weight: oneOf('1', '2'),
  text: oneOf('年末个数', '年末核定个数'),
  outOfScope: fc.boolean(),
});
const model: fc.Arbitrary<Model> = fc
  .record({
    title: oneOf('小规划', '小规划（修订）'),
    areas: someOf(['A2', 'A3'], word),
    units: fc.record({ '331102': word }),
    indicators: someOf(['01', '02'], indicator),
    targets: someOf(['01/331100/2022', '01/331100/2025', '02/331100/2025', '02/331102/2025'], oneOf('40', '50')),
  })
  .map((made) => {
    const targets = Object.entries(made.targets).filter(([key]) => made.indicators[key.slice(0, 2)]);
    return { ...made, targets: Object.fromEntries(targets) };
  });

const lines = <Value>(all: Readonly<Record<string, Value>>, write: (key: string, value: Value) => string): string =>
  Object.entries(all)
    .map(([key, value]) => write(key, value))
    .join('');

function folderOf({ title, areas, units, indicators, targets }: Model, changes?: string): FolderFiles {
  const { 'history.csv': _, 'actors.csv': __, ...files } = smallPlan();
  const head = files['plan.yaml']!.split('areas:')[0]!;
  return {
    'plan.yaml':
      head.replace('title: 小规划', `title: ${title}`) +
      `areas:\n  - { code: A1, name: 幸福颐养标杆区 }\n${lines(areas, (code, name) => `  - { code: ${code}, name: ${name} }\n`)}` +
      `units:\n  - { code: '331100', name: 丽水市, level: city }\n` +
      lines(units, (code, name) => `  - { code: '${code}', name: ${name}, level: county, parent: '331100' }\n`),
    ...(Object.keys(indicators).length > 0 && {
      'indicators.yaml': lines(
        indicators,
        (code, { name, weight, text, outOfScope }) =>
          files['indicators.yaml']!.replace("'03'", `'${code}'`)
            .replace('康养联合体数', name)
            .replace("weight: '1'", `weight: '${weight}'`)
            .replace('年末建成并运行的个数', text) + (outOfScope ? "  outOfScope: [{ unit: '331102' }]\n" : ''),
      ),
    }),
    'targets.csv': `indicator,unit,period,value,line\n${lines(targets, (key, value) => `${key.replaceAll('/', ',')},${value},\n`)}`,
    ...(changes !== undefined && { 'changes.csv': `对象,代码,事由,可比,自\n${changes}\n` }),
  };
}

/** What differs between two models, as the program names it. */
function differing(a: Model, b: Model): string[] {
  const each = (object: string, before: Readonly<Record<string, unknown>>, now: Readonly<Record<string, unknown>>) =>
    [...new Set([...Object.keys(before), ...Object.keys(now)])].flatMap((code) => {
      const [from, to] = [before[code], now[code]].map((value) => value && JSON.stringify(value));
      return from === to ? [] : [`${!from ? 'added' : to ? 'changed' : 'removed'} ${object} ${code}`];
    });
  const scopes = ({ indicators }: Model) =>
    Object.fromEntries(
      Object.entries(indicators).flatMap(([code, { outOfScope }]) => (outOfScope ? [[`${code}/331102`, true]] : [])),
    );
  const bare = ({ indicators }: Model) =>
    Object.fromEntries(Object.entries(indicators).map(([code, { outOfScope: _, ...rest }]) => [code, rest]));
  return [
    ...(a.title === b.title ? [] : ['changed 规划 ']),
    ...each('标杆区', a.areas, b.areas),
    ...each('单位', a.units, b.units),
    ...each('指标', bare(a), bare(b)),
    ...each('适用范围', scopes(a), scopes(b)),
    ...each('目标', a.targets, b.targets),
  ].sort();
}

/** What stands of the plan now, in the terms of the model; indicators that are retired do not. */
async function standing(engine: Engine, knownAt?: string): Promise<unknown> {
  const asOf = knownAt === undefined ? undefined : { asOf: { knownAt } };
  const plan = (await engine.views.get(planProjection, 'small', asOf?.asOf))!.body;
  const documents = await engine.views.list(indicatorProjection, 'small/', asOf);
  const sorted = (all: readonly string[]) => all.toSorted();
  return {
    title: plan.title,
    areas: sorted(plan.areas.map(({ code, name }) => `${code} ${name}`)),
    units: sorted(plan.units.map(({ code, name }) => `${code} ${name}`)),
    indicators: documents
      .map(({ body }) => body)
      .filter(({ retiredFrom }) => retiredFrom === undefined)
      .map((body) => ({
        ...{ code: body.code, name: body.name, weight: body.weight, text: currentDefinition(body).definition.text },
        targets: sorted(body.targets.map(({ unit, period, value }) => `${unit} ${period} ${value}`)),
        outOfScope: (body.scopes ?? []).some(({ applies }) => !applies),
      })),
  };
}

async function started(): Promise<{ engine: Engine; clock: MovingClock }> {
  const clock = new MovingClock('2023-05-01T00:00:00.000Z');
  const engine = memoryEngine({ clock });
  await engine.start();
  return { engine, clock };
}

async function load(engine: Engine, files: FolderFiles): Promise<number> {
  const { warnings } = await engine.submissions.tryOut(files);
  const accepted = warnings.map(({ id }) => id);
  const { events } = await engine.submissions.submit(files, undefined, { accepted });
  await engine.caughtUp();
  return events;
}

/** Explains whatever differs. */
const explained = '全部,,规划修订,是,2023';

describe('any folder changed into any other', () => {
  it('differs in what was changed and nothing else, and leads to what the other says', async () => {
    await fc.assert(
      fc.asyncProperty(model, model, async (first, second) => {
        const { engine, clock } = await started();
        const other = await started();
        try {
          await load(engine, folderOf(first));
          const before = { moment: clock.now(), standing: await standing(engine) };
          clock.advance(86_400_000);

          const { differences } = await engine.submissions.differences(folderOf(second));
          const told = differences.map(({ change, object, code }) => `${change} ${object} ${code}`);
          expect(told.sort()).toEqual(differing(first, second));

          const events = await load(engine, folderOf(second, explained));
          // Of an indicator that is gone, its scope and its targets are ended as well; a definition is an event of its own.
          expect(events > 0).toBe(told.length > 0);
          await load(other.engine, folderOf(second));
          expect(await standing(engine)).toEqual(await standing(other.engine));
          expect(await standing(engine, before.moment)).toEqual(before.standing);

          expect(await load(engine, { ...folderOf(second, explained), 'README.md': '再次装载' })).toBe(0);
          expect((await engine.submissions.differences(folderOf(second))).differences).toEqual([]);
        } finally {
          await Promise.all([engine.close(), other.engine.close()]);
        }
      }),
      { numRuns: 12 },
    );
  });
});
