import { PlanShape } from '../data.mjs';
import { built } from '../engine.mjs';
import { emptyFolder, round, spread } from '../harness.mjs';

const { openEmbedded } = await built('engine');
const { Trail } = await built('audit/trail');
const { composeOverview } = await built('overview/overview');
const { compare } = await built('evaluations/comparison');
const { freeze, store } = await built('evaluations/snapshot');
const { readFolder } = await built('submissions/read-folder');

export const title =
  'A province (100 units × 100 indicators × 5 years), and the whole Lishui plan: shown, snapshotted, and compared';

const lishui = 'lishui-civil-affairs-2021-2025';

export async function measure({ parent, quick }) {
  const size = quick ? 20 : 100;
  const shape = new PlanShape({ indicators: size, units: size, periods: 5 });
  const province = await loaded(emptyFolder(parent, 'province'), [shape.files({ history: true })], {
    // The shape has no targets, and the reports of the units do not add up to that of the unit above.
    accepted: ['targets.missing', 'figure.total-far-off'],
  });
  const seeds = ['', '-demo'].map((name) => readFolder(`seeds/${lishui}${name}`));
  const whole = await loaded(emptyFolder(parent, 'lishui'), seeds);
  const rows = [
    ...(await rowsOf(`a province of ${size} × ${size} × 5`, province, shape.plan, {
      period: shape.periods.at(-1),
      // The day before the last of its values became known.
      before: `${Number(shape.periods.at(-1)) + 1}-02-27T15:59:59.999Z`,
    })),
    ...(await rowsOf('the whole Lishui plan', whole, lishui, { period: '2022', before: '2023-06-30T15:59:59.999Z' })),
  ];
  for (const { engine } of [province, whole]) await engine.close();
  const slowest = (name, most) => ({
    ...{ name: `${name}, slowest`, goal: `≤ ${most.toLocaleString('en')} ms` },
    value: rows.find((row) => row.name.startsWith(name))['max ms'],
    met: (ms) => ms <= most,
  });
  const goals = [
    slowest('the whole Lishui plan: snapshot', 1000),
    slowest(`a province of ${size} × ${size} × 5: snapshot`, 5000),
    slowest(`a province of ${size} × ${size} × 5: two states`, 2000),
  ];
  return { rows, goals };
}

async function loaded(folder, submissions, acceptance) {
  const engine = openEmbedded(folder);
  await engine.start();
  const started = performance.now();
  for (const files of submissions) await engine.submissions.submit(await files, undefined, acceptance);
  await engine.caughtUp(600_000);
  return { engine, seconds: (performance.now() - started) / 1000 };
}

async function rowsOf(name, { engine, seconds }, plan, { period, before }) {
  const asOf = engine.clock.now();
  const position = await engine.log.head();
  const subject = { plan, kind: 'annual', title: '性能测试', period, asOf, position };
  const timed = async (work) => {
    const durations = [];
    for (let at = -2; at < 10; at++) {
      const started = performance.now();
      await work();
      if (at >= 0) durations.push(performance.now() - started);
    }
    const { p50, max } = spread(durations);
    return { 'p50 ms': p50, 'max ms': max };
  };
  const trail = new Trail(engine.log, engine.views, engine.catalogue, engine.keeping);
  let differences;
  const compared = async () => {
    const [left, right] = [
      { knownAt: before, position },
      { knownAt: asOf, position },
    ];
    const side = async (label, moment) => ({
      ...{ label, asOf: moment },
      overview: await composeOverview(engine.views, plan, period, moment),
    });
    const sides = [await side('left', left), await side('right', right)];
    differences = (await compare(...sides, trail, engine.log)).differences.length;
  };
  const comparing = await timed(compared);
  return [
    { name: `${name}: loaded, views caught up`, seconds: round(seconds) },
    {
      name: `${name}: overview composed`,
      ...(await timed(() => composeOverview(engine.views, plan, period, { knownAt: asOf, position }))),
    },
    {
      name: `${name}: snapshot frozen and stored`,
      ...(await timed(async () => store(engine.files, await freeze(engine.views, subject), position))),
    },
    { name: `${name}: two states composed and compared, ${differences} differences`, ...comparing },
  ];
}
