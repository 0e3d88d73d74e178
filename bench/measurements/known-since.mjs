import { built } from '../engine.mjs';
import { emptyFolder, spread } from '../harness.mjs';

const { openEmbedded } = await built('engine');
const { attribute } = await built('attribution/attribution');
const { currentMethod } = await built('assessment/method');
const { composeOverview } = await built('overview/overview');
const { readFolder } = await built('submissions/read-folder');

export const title = 'Known since: the mid-term of the whole Lishui plan, event by event';

const plan = 'lishui-civil-affairs-2021-2025';
const period = '2022';

/** The parts are compared with composing the state once, which the same load slows down as much. */
export async function measure({ parent, quick }) {
  const engine = openEmbedded(emptyFolder(parent, 'known-since'));
  await engine.start();
  for (const name of ['', '-demo']) await engine.submissions.submit(await readFolder(`seeds/${plan}${name}`));
  await engine.caughtUp(600_000);
  const { views, log } = engine;
  const asOf = { knownAt: '2023-06-30T16:00:00.000Z', position: await log.head() };
  const question = { plan, period, asOf, method: currentMethod };
  const sides = [asOf, {}].map((documents) => ({ question, documents }));
  let told;
  const ask = async () => (told = (await attribute({ views, log }, sides, 100)).parts.length);
  const compose = () => composeOverview(views, plan, period, asOf);
  const times = quick ? 2 : 8;
  const [all, once] = [await processor(ask, times), await processor(compose, times)];
  await engine.close();
  return {
    rows: [
      {
        name: `known since, ${told} events told`,
        'processor ms': all,
        'times one composition': Math.round(all / once),
      },
      { name: 'composing the state once', 'processor ms': once, 'times one composition': 1 },
    ],
  };
}

/** The median of the processor time, after one run that is not counted. */
async function processor(work, times) {
  const used = [];
  for (let at = -1; at < times; at++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    if (at >= 0) used.push((user + system) / 1000);
  }
  return spread(used).p50;
}
