import { PlanShape } from '../data.mjs';
import { built } from '../engine.mjs';
import { emptyFolder, spread } from '../harness.mjs';

const { openEmbedded } = await built('engine');
const { composeOverview } = await built('overview/overview');
const { readPlan } = await built('plans/read-plan');
const { readFolder } = await built('submissions/read-folder');
const { marginsOf } = await built('what-if/margins');
const { suppose } = await built('what-if/supposing');
const { whatIf } = await built('what-if/what-if');

export const title = 'What if: the whole Lishui plan, and a province (100 units × 100 indicators × 5 years)';

const lishui = 'lishui-civil-affairs-2021-2025';

export async function measure({ parent, quick }) {
  const size = quick ? 20 : 100;
  const shape = new PlanShape({ indicators: size, units: size, periods: 5 });
  const last = shape.periods.at(-1);
  const history = { ...shape.files({ history: true }), 'targets.csv': targets(shape) };
  const province = await loaded(emptyFolder(parent, 'what-if-province'), [history], {
    // The reports of the units do not add up to that of the unit above.
    accepted: ['figure.total-far-off'],
  });
  const seeds = ['', '-demo'].map((name) => readFolder(`seeds/${lishui}${name}`));
  const whole = await loaded(emptyFolder(parent, 'what-if-lishui'), seeds);
  const ofProvince = { code: shape.codes[0], unit: shape.units[1], period: last };
  const ofLishui = { code: '02', unit: '331102', period: '2022' };
  const rows = [
    ...(await rowsOf(`a province of ${size} × ${size} × 5`, province, shape.plan, { ...ofProvince, value: '999999' })),
    ...(await rowsOf('the whole Lishui plan', whole, lishui, { ...ofLishui, value: '57.0' })),
  ];
  for (const engine of [province, whole]) await engine.close();
  const slowest = (at, most) => ({
    name: rows[at].name,
    goal: `≤ ${most.toLocaleString('en')} ms`,
    value: rows[at]['max ms'],
    met: (ms) => ms <= most,
  });
  return { rows, goals: [slowest(0, 3000), slowest(3, 300)] };
}

/** Each unit has to double its base within the plan. */
const targets = ({ codes, units, periods }) =>
  [
    'indicator,unit,period,value,line',
    ...codes.flatMap((code) => units.map((unit) => `${code},${unit},${periods.at(-1)},9000,`)),
    '',
  ].join('\n');

async function loaded(folder, submissions, acceptance) {
  const engine = openEmbedded(folder);
  await engine.start();
  for (const files of submissions) await engine.submissions.submit(await files, undefined, acceptance);
  await engine.caughtUp(600_000);
  return engine;
}

/** The state as it is stays kept while it is looked at, as by the server: the what-if composes the other one. */
async function rowsOf(name, engine, plan, { value, ...figure }) {
  const { views, log } = engine;
  const asOf = { position: await log.head() };
  const now = engine.clock.now();
  const changes = [
    { kind: 'value', ...figure, value },
    { kind: 'threshold', threshold: 'status.ahead', value: '6' },
  ];
  const compose = () => composeOverview(views, plan, figure.period, asOf, now);
  const overview = await compose();
  const ask = async () => {
    const supposing = { views, plan: await readPlan(views, plan, asOf), asOf, now };
    const suppositions = await suppose(changes, supposing);
    return whatIf({ overview, supposing, suppositions }, log);
  };
  return [
    { name: `${name}: what-if`, ...(await timed(ask)) },
    { name: `${name}: the state as it is, where it is not kept`, ...(await timed(compose)) },
    { name: `${name}: margins of all units`, ...(await timed(() => marginsOf(overview), 2)) },
  ];
}

async function timed(work, times = 10) {
  const [durations, processor] = [[], []];
  for (let at = -1; at < times; at++) {
    const [started, used] = [performance.now(), process.cpuUsage()];
    await work();
    if (at < 0) continue;
    durations.push(performance.now() - started);
    const { user, system } = process.cpuUsage(used);
    processor.push((user + system) / 1000);
  }
  const { p50, max } = spread(durations);
  return { 'p50 ms': p50, 'max ms': max, 'processor p50 ms': spread(processor).p50 };
}
